import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MachineExit } from '../backend/instance.ts';
import { writeLaunch } from '../backend/launch-file.ts';
import { MachineClient } from '../machine/client/client.ts';
import { machineRow } from '../machine/lifecycle/machine-row.ts';
import { shutdownMachine, stopMachine } from '../machine/lifecycle/stop.ts';
import { createMachine } from '../machine/records/create.ts';
import { type Machine, readMachine } from '../machine/records/find.ts';
import { machineFiles, socketPath } from '../machine/records/folder.ts';
import { isAlive } from '../machine/records/process.ts';
import { testRecord } from '../machine/testing/record.ts';
import type { QemuLaunch } from '../qemu/launch.ts';
import type { RomEnding } from '../qemu/testing/rom.ts';
import { romCommand } from '../qemu/testing/rom-command.ts';
import { type MonitorHandle, startMonitor } from '../run/start-monitor.ts';
import { testWork } from '../testing.ts';
import { type Tools, toolsTree } from '../tools/tree.ts';

/** The monitor as a process, with kit's own QEMU and guests that are a few bytes of firmware. */
const work = testWork({ arch: 'amd64' });
/** Long, for busy hosts; the events themselves take milliseconds. */
const soon = { timeout: 90_000 };
let tools: Tools;
let state: string;
let machine: Machine | undefined;
let monitor: MonitorHandle | undefined;

beforeAll(async () => {
  tools = await toolsTree(work);
}, 600_000);
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'kit-monitor-'));
});
afterEach(async () => {
  monitor?.send({ kind: 'quit' });
  monitor?.disconnect();
  monitor = undefined;
  // Until its monitor has ended, files are written in its folder.
  const owner = machine && (await current(machine)).record.owner;
  if (owner) await expect.poll(() => isAlive(owner), soon).toBe(false);
  await rm(state, { recursive: true, force: true });
});

/** A machine whose guest prints the text and then does `ending`; not started yet. */
async function machineOf(text: string, ending: RomEnding, options: readonly string[] = []): Promise<Machine> {
  const created = await createMachine({ KIT_STATE: state }, { name: 'rom', exact: true }, (name) =>
    testRecord(name, { state: 'starting', memoryMiB: 16, startedMs: null }),
  );
  const command = await romCommand(tools, state, text, ending, options);
  await writeLaunch(created.dir, 'qemu', { command, fallback: null, shares: [] } satisfies QemuLaunch);
  machine = created;
  return created;
}

/** Starts the machine, and collects its console's output. */
async function start({ dir }: Machine): Promise<{ monitor: MonitorHandle; output: () => string }> {
  let output = '';
  const started = await startMonitor(dir, (handle) => {
    monitor = handle;
    handle.on('output', (bytes) => (output += Buffer.from(bytes)));
  });
  return { monitor: started, output: () => output };
}

async function exitOf(handle: MonitorHandle): Promise<MachineExit> {
  return handle.exit ?? ((await once(handle, 'ended')) as [MachineExit])[0];
}

const current = async ({ dir }: Machine): Promise<Machine> => {
  const found = await readMachine(dir);
  if (!found) throw new Error('there is no machine');
  return found;
};

test('a guest that powers off ends its machine; its console is kept', async () => {
  const rom = await machineOf('hello\n', 'power-off');
  const { monitor, output } = await start(rom);
  expect(await exitOf(monitor)).toMatchObject({ state: 'stopped', reason: 'powered off' });
  expect(output()).toBe('hello\n');
  const { record } = await current(rom);
  expect(record).toMatchObject({ state: 'stopped', reason: 'powered off', guest: null });
  expect(await readFile(join(rom.dir, machineFiles.console), 'utf8')).toBe('hello\n');
  expect((await readdir(rom.dir)).filter((name) => name.endsWith('.sock'))).toEqual([]);
  expect(await readFile(join(rom.dir, machineFiles.monitorLog), 'utf8')).toBe('');
  await expect.poll(() => isAlive(record.owner), soon).toBe(false);
});

test('input reaches the guest', async () => {
  const { monitor, output } = await start(await machineOf('> ', 'echo'));
  await expect.poll(output, soon).toBe('> ');
  monitor.send({ kind: 'input', bytes: Buffer.from('ls') });
  await expect.poll(output, soon).toBe('> ls');
});

test('a detached machine has a console that others read and type on', async () => {
  const rom = await machineOf('> ', 'echo');
  const { monitor, output } = await start(rom);
  await expect.poll(output, soon).toBe('> ');
  monitor.detach();
  monitor.disconnect();
  const { path, close } = socketPath(rom.dir, machineFiles.consoleSocket);
  const viewer = connect(path);
  let seen = '';
  viewer.on('data', (bytes) => (seen += bytes));
  await expect.poll(() => seen, soon).toBe('> ');
  viewer.write('ls');
  await expect.poll(() => seen, soon).toBe('> ls');
  close();
  const ended = once(viewer, 'close');
  await stopMachine(await current(rom), { notify: () => {}, timeoutMs: 1000, force: true });
  await ended;
  expect((await readdir(rom.dir)).filter((name) => name.endsWith('.sock'))).toEqual([]);
});

test('a kernel panic before the guest is up ends the machine, without a reboot', async () => {
  const panic = '[    1.000000] Kernel panic - not syncing: no root\r\n';
  const rom = await machineOf(panic, 'reset');
  const { monitor } = await start(rom);
  expect(await exitOf(monitor)).toEqual({ state: 'failed', reason: 'kernel panic: no root' });
});

test('a reset without a panic is a reboot', async () => {
  const { output } = await start(await machineOf('again\n', 'reset'));
  await expect.poll(() => output().split('\n').length, soon).toBeGreaterThan(3);
});

test('a QEMU that does not start is an error with its message', async () => {
  const rom = await machineOf('', 'halt', ['-device', 'no-such-device']);
  await expect(start(rom)).rejects.toThrow(
    /^Cannot start the machine: QEMU failed with status 1: .*no-such-device/,
  );
  expect((await current(rom)).record.state).toBe('failed');
});

test('a machine whose guest does not answer can be listed and ended', async () => {
  const rom = await machineOf('', 'halt');
  const { monitor } = await start(rom);
  monitor.detach();
  expect(await machineRow(await current(rom))).toMatchObject({ state: 'starting', services: [] });
  const running = await current(rom);
  await expect(
    shutdownMachine(running, { notify: () => {}, timeoutMs: 1000, buttonMs: 100 }),
  ).rejects.toThrow('Cannot shut machine "rom" down: it does not power off; its console is empty');
  expect(isAlive(running.record.owner)).toBe(true);
  await stopMachine(running, { notify: () => {}, timeoutMs: 1000, force: true });
  expect(isAlive(running.record.owner)).toBe(false);
  expect((await current(rom)).record).toMatchObject({
    state: 'stopped',
    reason: 'ended without a power-off',
  });
});

test('when the monitor is killed, QEMU dies with it', async () => {
  const rom = await machineOf('', 'halt');
  await start(rom);
  const { record } = await current(rom);
  const { guest: qemu } = record;
  if (!qemu) throw new Error('QEMU does not run');
  expect(isAlive(qemu)).toBe(true);
  process.kill(record.owner.pid, 'SIGKILL');
  await expect.poll(() => isAlive(qemu), soon).toBe(false);
  expect((await current(rom)).record).toMatchObject({ state: 'stopped', reason: 'its monitor was killed' });
  expect(existsSync(join(rom.dir, machineFiles.control))).toBe(false);
});

test('when the command that started it is killed, the machine is ended', async () => {
  const rom = await machineOf('', 'halt');
  const { monitor } = await start(rom);
  const { owner } = (await current(rom)).record;
  monitor.disconnect();
  // The monitor waits long for a guest that does not answer; the test does not.
  using client = new MachineClient(rom.dir);
  await client.monitor('quit');
  await expect.poll(() => isAlive(owner), soon).toBe(false);
});
