import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { testInstances } from '../backend/testing/instance-suite.ts';
import type { Machine } from '../machine/records/find.ts';
import type { Accel } from '../machine/records/record.ts';
import { testRecord } from '../machine/testing/record.ts';
import { testWork } from '../testing.ts';
import { type Tools, toolsTree } from '../tools/tree.ts';
import { probe } from './kvm-probe.ts';
import { qemuDescriptors } from './qemu-arguments.ts';
import { QemuInstance } from './qemu-instance.ts';
import { romCommand } from './testing/rom-command.ts';
import { tpmLaunch } from './tpm/swtpm.ts';

/** kit's own QEMU, with guests that are a few bytes of firmware. */
const work = testWork({ arch: 'amd64' });
let tools: Tools;
let dir: string;

beforeAll(async () => {
  tools = await toolsTree(work);
}, 600_000);
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-qemu-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const machine = (accel: Accel): Machine => ({ dir, record: testRecord('rom', { accel }) });

testInstances('qemu', async (of, text, ending) => {
  const command = await romCommand(tools, of.dir, text, ending);
  return new QemuInstance(of, { command, fallback: null, shares: [] });
});

test('after a panic, a machine that was up may reboot once, as its kernel announces', async () => {
  const panic = '[    1.0] Kernel panic - not syncing: x\r\n[    1.1] Rebooting in 30 seconds..\r\n';
  const command = await romCommand(tools, dir, panic, 'reset');
  const instance = new QemuInstance(machine('tcg'), { command, fallback: null, shares: [] });
  const notices: string[] = [];
  let resets = 0;
  instance.on('notice', (text) => notices.push(text)).on('reset', () => (resets += 1));
  // A busy host: this process does nothing for a time in which the guest could panic hundreds of times.
  const blockMs = 500;
  instance.on('started', () =>
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, blockMs)),
  );
  instance.booted();
  expect(await instance.run()).toEqual({ state: 'failed', reason: 'kernel panic: x' });
  expect(resets).toBe(1);
  expect(notices).toEqual(['Kernel panic: x; the machine boots again']);
});

test('a machine that prints nothing under KVM is emulated instead', async () => {
  // A guest that prints nothing, as on hosts where KVM does not work.
  const command = await romCommand(tools, dir, '', 'halt');
  const fallback = await romCommand(tools, dir, 'alive\n', 'power-off');
  const times = { firstOutputMs: 500, panicMs: 1000, resetMs: 1000 };
  const instance = new QemuInstance(machine('kvm'), { command, fallback, shares: [] }, times);
  const accels: string[] = [];
  const notices: string[] = [];
  instance.on('started', (_pid, accel) => accels.push(accel)).on('notice', (text) => notices.push(text));
  expect(await instance.run()).toEqual({ state: 'stopped', reason: 'powered off' });
  expect(accels.at(-1)).toBe('tcg');
  expect(notices).toEqual(['KVM gave no sign of life: emulating the processor instead, which is slower']);
});

test('at its reset, a machine starts what an update has for its next boot, and its power-off is one', async () => {
  const launch = async (text: string, ending: 'reset' | 'power-off') => ({
    ...{ command: await romCommand(tools, dir, text, ending), fallback: null, shares: [] },
  });
  const instance = new QemuInstance(machine('tcg'), await launch('old\n', 'reset'));
  const next = await launch('new\n', 'power-off');
  let [resets, starts, said] = [0, 0, ''];
  instance.on('reset', () => (resets += 1)).on('output', (bytes) => (said += Buffer.from(bytes).toString()));
  instance.on('started', () => {
    starts += 1;
    if (starts === 1) instance.nextBoot(next);
  });
  expect(await instance.run()).toEqual({ state: 'stopped', reason: 'powered off' });
  expect([resets, starts]).toEqual([1, 2]);
  expect(said).toMatch(/^old\r?\nnew\r?\n$/);
});

test('a TPM keeps its state, which one machine has at a time', async () => {
  const folder = join(dir, 'tpm');
  await mkdir(folder);
  const tpm = await tpmLaunch(folder, work);
  const chardev = ['-chardev', `socket,id=tpm,fd=${qemuDescriptors.tpm}`];
  const options = [...chardev, '-tpmdev', 'emulator,id=tpm,chardev=tpm', '-device', 'tpm-crb,tpmdev=tpm'];
  const run = async (ending: 'power-off' | 'echo'): Promise<QemuInstance> => {
    const command = await romCommand(tools, dir, 'alive\n', ending, options);
    return new QemuInstance(machine('tcg'), { command, fallback: null, shares: [], tpm });
  };
  const states: Buffer[] = [];
  for (let boot = 0; boot < 2; boot += 1) {
    expect(await (await run('power-off')).run()).toEqual({ state: 'stopped', reason: 'powered off' });
    states.push(await readFile(join(folder, 'tpm2-00.permall')));
  }
  expect(states[1]).toEqual(states[0]);
  const first = await run('echo');
  const ended = first.run();
  await once(first, 'output');
  const second = await (await run('power-off')).run();
  expect(second.state).toBe('failed');
  expect(second.reason).toContain('lock');
  await first.quit();
  await ended;
});

test("the KVM probe's guest runs on a working processor", async () => {
  expect(await probe(tools, 'tcg', work, 60_000)).toBe(true);
});
