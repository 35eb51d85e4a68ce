import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KitError } from '../../../lib/errors/errors.ts';
import { testRecord } from '../testing/record.ts';
import { createMachine } from './create.ts';
import { findMachine, listMachines, readMachine } from './find.ts';
import { machineDir, machineFiles, machinesDir, nameFrom, socketPath } from './folder.ts';
import { isAlive, ownProcess, parseStat, processId } from './process.ts';
import { type MachineRecord, readRecord, writeRecord } from './record.ts';

/** Long, for busy hosts; the events themselves take milliseconds. */
const soon = { timeout: 90_000 };
let state: string;
let env: { KIT_STATE: string };

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'kit-machines-'));
  env = { KIT_STATE: state };
});

afterEach(() => rm(state, { recursive: true }));

const create = (name: string, exact: boolean, change: Partial<MachineRecord> = {}) =>
  createMachine(env, { name, exact }, (chosen) => testRecord(chosen, change));

/** A process that has ended and was reaped. */
async function endedProcess(): Promise<MachineRecord['owner']> {
  const child = spawn('sleep', ['60']);
  const id = processId(child.pid ?? 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  if (!id) throw new Error('sleep did not start');
  return id;
}

test('a record is read as it was written; an incomplete one is ignored', async () => {
  const dir = join(state, 'x');
  await mkdir(dir);
  expect(await readRecord(dir)).toBeUndefined();
  await writeRecord(
    dir,
    testRecord('x', { publish: [{ host: '127.0.0.1', hostPort: 1, guestPort: 2, protocol: 'udp' }] }),
  );
  expect((await readRecord(dir))?.publish[0]?.protocol).toBe('udp');
  expect(await readdir(dir)).toEqual([machineFiles.record]);
  await writeFile(join(dir, machineFiles.record), '{"name": "x", "sta');
  expect(await readRecord(dir)).toBeUndefined();
});

test('the name of a running machine is refused if it was chosen, and numbered otherwise', async () => {
  expect((await create('web', false)).record.name).toBe('web');
  expect((await create('web', false)).record.name).toBe('web-2');
  await expect(create('web', true)).rejects.toThrow(
    'Cannot run a machine named "web": one of that name is running',
  );
  expect((await listMachines(env)).map(({ record: { name } }) => name)).toEqual(['web', 'web-2']);
});

test('concurrent requests for one name get different names', async () => {
  const machines = await Promise.all(Array.from({ length: 12 }, () => create('web', false)));
  expect(new Set(machines.map(({ dir }) => dir)).size).toBe(12);
  const exact = await Promise.allSettled(Array.from({ length: 8 }, () => create('db', true)));
  expect(exact.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await readdir(machinesDir(env))).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a machine that has ended is replaced, and its folder is new', async () => {
  const { dir } = await create('web', true, { state: 'stopped', owner: await endedProcess() });
  await writeFile(join(dir, machineFiles.console), 'old');
  expect((await create('web', true)).dir).toBe(dir);
  expect(existsSync(join(dir, machineFiles.console))).toBe(false);
});

test('a machine whose monitor was killed is recorded as stopped, and cleaned up', async () => {
  const qemu = spawn('sleep', ['60'], { stdio: 'ignore' });
  const gone = once(qemu, 'exit');
  const { dir } = await create('web', true, {
    owner: await endedProcess(),
    guest: processId(qemu.pid ?? 0) ?? null,
  });
  await writeFile(join(dir, machineFiles.control), '');
  const found = await findMachine(env, 'web');
  expect(found.record).toMatchObject({ state: 'stopped', reason: 'its monitor was killed', guest: null });
  expect(await gone).toEqual([null, 'SIGKILL']);
  expect(existsSync(join(dir, machineFiles.control))).toBe(false);
  expect((await readRecord(dir))?.state).toBe('stopped');
});

test('a process with the same pid that started at another time is another process', async () => {
  const own = ownProcess();
  expect(isAlive(own)).toBe(true);
  expect(isAlive({ ...own, startTicks: own.startTicks + 1 })).toBe(false);
  await create('web', true, { owner: { ...own, startTicks: 1 }, guest: { ...own, startTicks: 1 } });
  expect((await readMachine(machineDir(env, 'web')))?.record.state).toBe('stopped');
});

test('a zombie is not alive', async () => {
  // After `exec` the shell no longer waits for its child, which stays a zombie.
  const shell = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [text] = await once(shell.stdout, 'data');
  await expect.poll(() => processId(Number(String(text))), soon).toBeUndefined();
  shell.kill();
});

test('the name in /proc/PID/stat may contain anything', () => {
  const fields = Array.from({ length: 50 }, (_, index) => String(index + 3));
  const line = `42 (a) b (c 1 2) R ${fields.slice(1).join(' ')}\n`;
  expect(parseStat(line)).toEqual({ state: 'R', startTicks: 22 });
});

test.each(['', '..', '../x', 'a/b', '.hidden', '-x', 'a b', 'x'.repeat(64), 'ü'])(
  '%j is refused as a machine name',
  (name) => {
    expect(() => machineDir(env, name)).toThrow(KitError);
  },
);

test('any file name becomes a machine name', () => {
  expect(['sshd', 'my image (2)', '.x', '--', 'ü.yml'].map(nameFrom)).toEqual([
    'sshd',
    'my-image-2-',
    'x',
    'machine',
    'yml',
  ]);
});

test('an unknown machine is an error that names it and those that run', async () => {
  await create('web', true);
  const error = await findMachine(env, 'wbe').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    message: 'Cannot find machine "wbe": no machine has that name',
    hint: 'running: web',
  });
});

test('a socket in a deep folder gets a short path', async () => {
  const deep = join(state, 'd'.repeat(100), 'e'.repeat(100));
  await mkdir(deep, { recursive: true });
  const { path, close } = socketPath(deep, machineFiles.control);
  expect(path.length).toBeLessThan(108);
  await writeFile(path, 'here');
  expect(existsSync(join(deep, machineFiles.control))).toBe(true);
  close();
  expect(socketPath('/run/kit', machineFiles.control).path).toBe('/run/kit/control.sock');
});
