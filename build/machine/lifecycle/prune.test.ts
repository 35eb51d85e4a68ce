import { existsSync } from 'node:fs';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMachine } from '../records/create.ts';
import type { MachineRecord } from '../records/record.ts';
import { testRecord } from '../testing/record.ts';
import { pruneMachines } from './prune.ts';
import { removeMachine } from './remove.ts';

let env: { KIT_STATE: string };
let told: string[];
const notify = (text: string): void => void told.push(text);

beforeEach(async () => {
  told = [];
  env = { KIT_STATE: await mkdtemp(join(tmpdir(), 'kit-prune-')) };
});
afterEach(() => rm(env.KIT_STATE, { recursive: true }));

const create = async (name: string, change: Partial<MachineRecord> = {}): Promise<string> =>
  (await createMachine(env, { name, exact: true }, (chosen) => testRecord(chosen, change), notify)).dir;

const ended = { state: 'stopped', reason: 'powered off' } as const;

/** A sparse disk with 64 kB of data. */
async function addDisk(dir: string): Promise<void> {
  await writeFile(join(dir, 'disk0.img'), Buffer.alloc(65_536, 1));
  await truncate(join(dir, 'disk0.img'), 1 << 30);
}

test('prune removes machines that have ended, and keeps those with disks unless asked', async () => {
  const dirs = {
    live: await create('live'),
    old: await create('old', ended),
    data: await create('data', ended),
  };
  await addDisk(dirs.data);
  const rest = { name: 'far', boot: { kind: 'remote', address: 'a:1', tlsDir: '/x' } } as const;
  const far = await create('far', { ...rest, state: 'running' });
  const look = await pruneMachines(env, { disks: false, dryRun: true });
  expect(look).toMatchObject({ removed: [{ name: 'old', disks: [] }], kept: [{ name: 'data' }] });
  expect(existsSync(dirs.old)).toBe(true);
  expect(await pruneMachines(env, { disks: false, dryRun: false })).toEqual(look);
  expect([dirs.live, dirs.data, far].every(existsSync)).toBe(true);
  expect(existsSync(dirs.old)).toBe(false);
  const { removed, kept, bytes } = await pruneMachines(env, { disks: true, dryRun: false });
  expect(kept).toEqual([]);
  expect(removed[0]?.disks).toEqual([{ file: 'disk0.img', bytes: 65_536 }]);
  expect(bytes).toBeGreaterThanOrEqual(65_536);
  expect(bytes).toBeLessThan(1 << 20);
  expect(existsSync(dirs.data)).toBe(false);
});

test('rm names the disks before it removes them, and refuses a machine that runs', async () => {
  await create('live');
  await expect(removeMachine('live', { env }, { force: false, notify })).rejects.toMatchObject({
    message: 'Cannot remove machine "live": it is running',
    hint: 'kit stop live ends it; kit rm --force live ends it at once, and removes it',
  });
  const dir = await create('data', ended);
  await addDisk(dir);
  const removed = await removeMachine('data', { env }, { force: false, notify });
  expect(told).toEqual(['Removes disk0.img (66 kB) of machine "data"']);
  expect(removed.disks).toHaveLength(1);
  expect(existsSync(dir)).toBe(false);
  await expect(removeMachine('data', { env }, { force: false, notify })).rejects.toThrow(
    'Cannot find machine',
  );
});

test('a new machine of the same name says which disks it replaces', async () => {
  await addDisk(await create('data', ended));
  const dir = await create('data');
  expect(told).toEqual(['Replaces machine "data", which has ended, with its disk0.img (66 kB)']);
  expect(existsSync(join(dir, 'disk0.img'))).toBe(false);
});
