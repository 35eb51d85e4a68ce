import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, KitError } from '../../../lib/errors/errors.ts';
import { isLive, type Machine, readMachine } from './find.ts';
import { machineDir, machineFiles, machinesDir } from './folder.ts';
import { writePrivateJson } from './private-json.ts';
import { isAlive } from './process.ts';
import { type MachineRecord, readRecord } from './record.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Refuses a malformed name, and that of a running machine. `createMachine` checks again.
 * @throws KitError
 */
export async function refuseTakenName(env: Env, name: string): Promise<void> {
  const existing = await readMachine(machineDir(env, name));
  if (existing && isLive(existing)) throw nameTaken(name);
}

/**
 * Creates the folder of a new machine with its record. If a running machine has the name, that is an error
 * when the user chose it (`exact`); otherwise a number is added: `minimal-2`. A machine that has ended is
 * replaced.
 */
export async function createMachine(
  env: Env,
  wanted: { readonly name: string; readonly exact: boolean },
  recordFor: (name: string) => MachineRecord,
): Promise<Machine> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted.name : `${wanted.name}-${number}`;
    const record = recordFor(name);
    const dir = machineDir(env, name);
    if (await createFolder(env, dir, record)) return { dir, record };
    if (wanted.exact) throw nameTaken(name);
  }
}

const nameTaken = (name: string): KitError =>
  new KitError(`Cannot run a machine named "${name}": one of that name is running`, {
    hint: `kit stop ${name} ends it; or choose another --name`,
  });

/**
 * The folder appears with its record in it by one rename, which succeeds for one of several concurrent calls.
 */
async function createFolder(env: Env, dir: string, record: MachineRecord): Promise<boolean> {
  makeFolder(machinesDir(env), 0o700);
  const unfinished = await mkdtemp(join(machinesDir(env), '.new-'));
  try {
    await writePrivateJson(join(unfinished, machineFiles.record), record);
    for (let tries = 0; tries < 3; tries += 1) {
      if (await renamed(unfinished, dir, ['ENOTEMPTY', 'EEXIST'])) return true;
      const existing = await readMachine(dir);
      if (existing && isLive(existing)) return false;
      await removeFolder(env, dir);
    }
    return false;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * Removes the folder of a machine that has ended: moved away first, so that no process sees it half removed.
 * If another kit took the name in the meantime, its folder is moved back.
 */
async function removeFolder(env: Env, dir: string): Promise<void> {
  const aside = await mkdtemp(join(machinesDir(env), '.old-'));
  if (await renamed(dir, aside, ['ENOENT'])) {
    const record = await readRecord(aside);
    const isTaken = record !== undefined && isLive({ dir: aside, record }) && isAlive(record.owner);
    if (isTaken && (await renamed(aside, dir, ['ENOTEMPTY', 'EEXIST']))) return;
  }
  await rm(aside, { recursive: true, force: true });
}

/** False when rename(2) fails with one of these codes. */
async function renamed(from: string, to: string, codes: readonly string[]): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (thrown) {
    if (codes.includes(codeOf(thrown) ?? '')) return false;
    throw thrown;
  }
}
