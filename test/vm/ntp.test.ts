import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { testWork } from '../../build/testing.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { type NetworkProgram, NetworkWorld } from '../network/world.ts';
import { chronyTools } from '../ntp/tools.ts';
import { needsRoot } from '../support/needs.ts';
import { kit } from '../support/run-kit.ts';
import { testTools } from '../support/tools.ts';

interface Line {
  readonly clock: number;
  readonly hardware: number;
  readonly state: string;
  readonly setBy: string;
}

/**
 * A machine that believes it is the year 2001, in a namespace with a real chronyd. QEMU is started here,
 * since kit sets no battery-backed clock and stops no machine.
 */
describe("a machine's clock", needsRoot('network namespaces'), () => {
  let world: NetworkWorld;
  let machine: NetworkProgram;
  beforeAll(async () => {
    const [tools, chrony, emulators] = await Promise.all([testTools(), chronyTools(), toolsTree(testWork())]);
    world = await NetworkWorld.make(tools);
    const { folder } = world;
    const built = await kit(
      ...['build', '--format', 'kernel+initrd', '--dir', folder, join(kitRoot, 'test/vm/ntp.yml')],
    );
    expect(built.status, built.stderr).toBe(0);
    const config = join(folder, 'chrony.conf');
    const lines = ['local stratum 2', 'allow', 'cmdport 0', 'bindcmdaddress /', `pidfile ${config}.pid`];
    writeFileSync(config, `${lines.join('\n')}\n`);
    world.tool('server', chrony, 'chronyd', ['-d', '-x', '-u', 'root', '-f', config]);
    machine = world.tool('server', emulators, 'qemu-system-x86_64', [
      ...[
        '-nodefaults',
        '-display',
        'none',
        '-machine',
        'q35,sata=off,smbus=off',
        '-accel',
        'tcg,thread=multi',
      ],
      ...['-smp', '1', '-m', '1024M', '-rtc', 'base=2001-01-01T00:00:00', '-serial', 'stdio'],
      ...['-qmp', `unix:${join(folder, 'qmp')},server=on,wait=off`],
      ...['-netdev', 'user,id=net', '-device', 'virtio-net-pci,netdev=net,romfile='],
      ...['-kernel', join(folder, 'ntp-kernel'), '-initrd', join(folder, 'ntp-initrd.img')],
      ...['-append', `no_timer_check ${readFileSync(join(folder, 'ntp-cmdline'), 'utf8').trim()}`],
    ]);
  });
  afterAll(() => world?.end());

  /** How far the machine's clocks are ahead in the next line, in seconds. */
  const nextLine = async (): Promise<Line> => {
    const from = machine.output.length;
    for (let tries = 0; tries < 6000; tries++) {
      const found = /CLOCK (\S+) HARDWARE (\d+) (\w+) (\w+)\r?\n/.exec(machine.output.slice(from));
      const now = Date.now() / 1000;
      if (found) {
        const [, clock, hardware, state = '', setBy = ''] = found;
        return { clock: Number(clock) - now, hardware: Number(hardware) - now, state, setBy };
      }
      await pause(50);
    }
    throw new Error(`No line of the machine's clock in:\n${machine.output}`);
  };

  const lineWith = async (what: string, isIt: (line: Line) => boolean): Promise<Line> => {
    for (let tries = 0; tries < 120; tries++) {
      const line = await nextLine();
      if (isIt(line)) return line;
    }
    throw new Error(`No ${what} in:\n${machine.output}`);
  };

  test('is right once a service that waits for it starts, and so is the battery-backed one soon', async () => {
    // It is left so for a second.
    const first = await lineWith(
      'the battery-backed clock set by the kernel',
      ({ setBy }) => setBy === 'kernel',
    );
    // The console of a busy host is late by a second or two.
    expect(first.state, machine.output).toBe('synchronised');
    expect(Math.abs(first.clock)).toBeLessThan(4);
    expect(Math.abs(first.hardware), machine.output).toBeLessThan(5);
    // Before: neither the year of that one, nor the kernel's of none.
    expect(machine.output).toMatch(/the hardware clock says 2001-01-01: begins on 20[2-9]\d-\d\d-\d\d/);
  });

  test('sets the battery-backed clock itself where the kernel leaves it wrong', async () => {
    await lineWith('that clock in the year 2003', ({ hardware }) => hardware < -1e8);
    const kept = await lineWith('that clock set by the service', ({ setBy }) => setBy === 'ntp');
    expect(Math.abs(kept.hardware), machine.output).toBeLessThan(5);
    expect(kept.state).toBe('synchronised');
  });

  test('is right again within seconds after the machine was stopped', async () => {
    await command('stop');
    await pause(15_000);
    await command('cont');
    const stopped = await nextLine();
    expect(stopped.clock).toBeLessThan(-8);
    let { clock } = stopped;
    for (let tries = 0; tries < 60 && Math.abs(clock) > 4; tries++) ({ clock } = await nextLine());
    expect(Math.abs(clock), machine.output).toBeLessThan(4);
  });

  /** Tells QEMU something (docs/interop/qmp-spec of QEMU). */
  async function command(name: string): Promise<void> {
    const socket = connect(join(world.folder, 'qmp'));
    let answers = '';
    socket.setEncoding('utf8').on('data', (text) => {
      answers += text;
    });
    socket.write(`{"execute": "qmp_capabilities"}\n{"execute": "${name}"}\n`);
    for (let tries = 0; tries < 200 && answers.split('"return"').length < 3; tries++) await pause(50);
    socket.destroy();
    expect(answers.split('"return"').length, answers).toBe(3);
  }
});
