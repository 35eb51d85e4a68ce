import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { QemuLaunch } from '../backend/launch.ts';
import type { Ended } from '../backend/life.ts';
import { MachineClient } from '../machine/client/client.ts';
import { machineRow } from '../machine/lifecycle/rows.ts';
import { shutdownMachine, stopMachine } from '../machine/lifecycle/stop.ts';
import { claimMachine } from '../machine/records/claim.ts';
import { type Machine, readMachine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { isAlive, ownProcess } from '../machine/records/process.ts';
import { type MachineRecord, writeJson } from '../machine/records/record.ts';
import { probe } from '../qemu/kvm-probe.ts';
import { MachineRun } from '../qemu/machine-run.ts';
import { waitsForMonitor } from '../qemu/qemu-arguments.ts';
import { type RomEnding, serialRom } from '../qemu/testing/rom.ts';
import { type ToolCommand, toolCommand } from '../tools/command.ts';
import { type Tools, toolsTree } from '../tools/tree.ts';
import { testWork } from '../work/testing.ts';
import { type MonitorHandle, startMonitor } from './start-monitor.ts';

/** The monitor with kit's own QEMU, and guests that are a few bytes of firmware. */
const work = testWork({ arch: 'amd64' });
/** Long, for busy machines; what is waited for comes in milliseconds. */
const soon = { timeout: 20_000 };
let tools: Tools;
let state: string;
let monitor: MonitorHandle | undefined;

beforeAll(async () => {
  tools = await toolsTree(work);
}, 600_000);
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'kit-monitor-'));
});
afterEach(async () => {
  monitor?.tell({ kind: 'quit' });
  monitor?.disconnect();
  monitor = undefined;
  await rm(state, { recursive: true, force: true });
});

async function guest(text: string, ending: RomEnding, options: readonly string[] = []): Promise<ToolCommand> {
  const rom = join(state, `${ending}.rom`);
  await writeFile(rom, serialRom(text, ending));
  return toolCommand(tools, 'qemu-system-x86_64', [
    ...waitsForMonitor,
    ...['-nodefaults', '-no-user-config', '-display', 'none'],
    ...['-machine', 'q35', '-accel', 'tcg', '-m', '16M'],
    ...['-bios', rom, '-chardev', 'socket,id=qmp,fd=4', '-mon', 'chardev=qmp,mode=control'],
    ...['-chardev', 'socket,id=console,fd=3', '-device', 'isa-serial,chardev=console'],
    ...['-chardev', `socket,id=control,path=${machineFiles.port},server=on,wait=off`],
    ...[
      '-device',
      'virtio-serial-pci',
      '-device',
      'virtserialport,chardev=control,name=kit.control.0',
      ...options,
    ],
  ]);
}

async function machine(launch: QemuLaunch, change: Partial<MachineRecord> = {}): Promise<Machine> {
  const claimed = await claimMachine({ KIT_STATE: state }, { name: 'rom', exact: true }, (name) => ({
    ...{ name, state: 'starting', reason: '', owner: ownProcess(), guest: null },
    ...{
      boot: { kind: 'iso', path: '', firmware: 'bios' },
      arch: 'amd64',
      accel: 'tcg',
      cpus: 1,
      memoryMiB: 16,
    },
    ...{ publish: [], createdMs: 1, startedMs: null, endedMs: null, ...change },
  }));
  await writeJson(join(claimed.dir, machineFiles.launch), launch);
  return claimed;
}

/** Starts the machine, and collects what its console says. */
async function start({
  dir,
}: Machine): Promise<{ monitor: MonitorHandle; said: () => string; lines: string[] }> {
  let said = '';
  const lines: string[] = [];
  const started = await startMonitor(dir, (handle) => {
    monitor = handle;
    handle.on('output', (bytes) => (said += Buffer.from(bytes))).on('line', (text) => lines.push(text));
  });
  return { monitor: started, said: () => said, lines };
}

async function endOf(handle: MonitorHandle): Promise<Ended> {
  return handle.ended ?? ((await once(handle, 'ended')) as [Ended])[0];
}

const now = async ({ dir }: Machine): Promise<Machine> => {
  const found = await readMachine(dir);
  if (!found) throw new Error('the machine is gone');
  return found;
};

test('a guest that powers off ends its machine, and leaves its console', async () => {
  const rom = await machine({ kind: 'qemu', command: await guest('hello\n', 'power-off'), fallback: null });
  const { monitor, said } = await start(rom);
  expect(await endOf(monitor)).toMatchObject({ state: 'stopped', reason: 'powered off' });
  expect(said()).toBe('hello\n');
  const { record } = await now(rom);
  expect(record).toMatchObject({ state: 'stopped', reason: 'powered off', guest: null });
  expect(await readFile(join(rom.dir, machineFiles.console), 'utf8')).toBe('hello\n');
  expect((await readdir(rom.dir)).filter((name) => name.endsWith('.sock'))).toEqual([]);
  expect(await readFile(join(rom.dir, machineFiles.monitorLog), 'utf8')).toBe('');
  await expect.poll(() => isAlive(record.owner), soon).toBe(false);
});

test('what is typed reaches the guest', async () => {
  const { monitor, said } = await start(
    await machine({ kind: 'qemu', command: await guest('> ', 'echo'), fallback: null }),
  );
  await expect.poll(said, soon).toBe('> ');
  monitor.tell({ kind: 'input', bytes: Buffer.from('ls') });
  await expect.poll(said, soon).toBe('> ls');
});

test('a kernel panic ends the machine, though the kernel would boot again for ever', async () => {
  const panic = '[    1.000000] Kernel panic - not syncing: no root\r\n';
  const rom = await machine({ kind: 'qemu', command: await guest(panic, 'reset'), fallback: null });
  const { monitor } = await start(rom);
  expect(await endOf(monitor)).toEqual({ state: 'failed', reason: 'kernel panic: no root' });
});

test('a machine that was up when its kernel panicked boots again if the kernel says so, once for each time it is up', async () => {
  const panic = '[    1.0] Kernel panic - not syncing: x\r\n[    1.1] Rebooting in 30 seconds..\r\n';
  const launch: QemuLaunch = { kind: 'qemu', command: await guest(panic, 'reset'), fallback: null };
  const run = new MachineRun((await machine(launch)).dir, launch);
  const lines: string[] = [];
  let resets = 0;
  run.on('line', (line) => lines.push(line)).on('reset', () => (resets += 1));
  run.booted();
  // A busy host: nobody listens while the guest could panic hundreds of times.
  run.on('started', () =>
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)),
  );
  expect(await run.run('tcg')).toEqual({ state: 'failed', reason: 'kernel panic: x' });
  expect(resets).toBe(1);
  expect(lines).toEqual(['Kernel panic: x; the machine boots again']);
});

test('a reset without a panic is a reboot', async () => {
  const { said } = await start(
    await machine({ kind: 'qemu', command: await guest('again\n', 'reset'), fallback: null }),
  );
  await expect.poll(() => said().split('\n').length, soon).toBeGreaterThan(3);
});

test('a machine that gives no sign of life under KVM is emulated instead', async () => {
  // A guest that says nothing, as under the KVM of hosts where it does not work.
  const launch: QemuLaunch = {
    kind: 'qemu',
    command: await guest('', 'halt'),
    fallback: await guest('alive\n', 'power-off'),
  };
  const run = new MachineRun((await machine(launch)).dir, launch, {
    firstWordMs: 500,
    panicMs: 1000,
    resetMs: 1000,
  });
  const accels: string[] = [];
  const lines: string[] = [];
  run.on('started', (_pid, accel) => accels.push(accel)).on('line', (line) => lines.push(line));
  expect(await run.run('kvm')).toEqual({ state: 'stopped', reason: 'powered off' });
  expect(accels.at(-1)).toBe('tcg');
  expect(lines).toEqual(['KVM gave no sign of life: emulating the processor instead, which is slower']);
});

test('a QEMU that does not start is an error with its own words', async () => {
  const rom = await machine({
    kind: 'qemu',
    command: await guest('', 'halt', ['-device', 'no-such-device']),
    fallback: null,
  });
  await expect(start(rom)).rejects.toThrow(
    /^Cannot start the machine: QEMU failed with status 1: .*no-such-device/,
  );
  expect((await now(rom)).record.state).toBe('failed');
});

test('a machine whose guest is silent can be listed and ended', async () => {
  const rom = await machine({ kind: 'qemu', command: await guest('', 'halt'), fallback: null });
  const { monitor } = await start(rom);
  monitor.detach();
  expect(await machineRow(await now(rom))).toMatchObject({ state: 'starting', services: [] });
  const running = await now(rom);
  await expect(shutdownMachine(running, { say: () => {}, timeoutMs: 1000, buttonMs: 100 })).rejects.toThrow(
    'Cannot shut machine "rom" down: it does not power off; its console is empty',
  );
  expect(isAlive(running.record.owner)).toBe(true);
  await stopMachine(running, { say: () => {}, timeoutMs: 1000, force: true });
  expect(isAlive(running.record.owner)).toBe(false);
  expect((await now(rom)).record).toMatchObject({ state: 'stopped', reason: 'ended without a power-off' });
});

test('when the monitor is killed, QEMU dies with it', async () => {
  const rom = await machine({ kind: 'qemu', command: await guest('', 'halt'), fallback: null });
  await start(rom);
  const { record } = await now(rom);
  const { guest: qemu } = record;
  if (!qemu) throw new Error('QEMU does not run');
  expect(isAlive(qemu)).toBe(true);
  process.kill(record.owner.pid, 'SIGKILL');
  await expect.poll(() => isAlive(qemu), soon).toBe(false);
  expect((await now(rom)).record).toMatchObject({ state: 'stopped', reason: 'its monitor was killed' });
  expect(existsSync(join(rom.dir, machineFiles.control))).toBe(false);
});

test('when the command that started it goes without a word, the machine is ended', async () => {
  const rom = await machine({ kind: 'qemu', command: await guest('', 'halt'), fallback: null });
  const { monitor } = await start(rom);
  const { owner } = (await now(rom)).record;
  monitor.disconnect();
  // Its guest does not answer, so this takes the monitor a while; the plug is pulled here.
  using client = new MachineClient(rom.dir);
  await client.monitor('quit');
  await expect.poll(() => isAlive(owner), soon).toBe(false);
});

test("the KVM probe's guest runs where a processor does", async () => {
  expect(await probe(tools, 'tcg', work, 60_000)).toBe(true);
});
