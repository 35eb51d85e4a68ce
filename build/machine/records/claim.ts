import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, KitError } from '../../../lib/errors/errors.ts';
import { isLive, type Machine, readMachine } from './find.ts';
import { machineDir, machineFiles, machinesDir } from './folder.ts';
import { isAlive } from './process.ts';
import { type MachineRecord, readRecord, writeJson } from './record.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Refuses a name that no machine can have, or that one has which runs. It may be taken before it is claimed,
 * though.
 */
export async function checkName(env: Env, name: string): Promise<void> {
  const there = await readMachine(machineDir(env, name));
  if (there && isLive(there)) throw nameTaken(name);
}

/**
 * Makes the folder of a new machine. A name that a running machine has is an error when a person chose it
 * (`exact`), and gets a number otherwise: `minimal-2`. A machine that has ended gives up its name and folder.
 */
export async function claimMachine(
  env: Env,
  wanted: { readonly name: string; readonly exact: boolean },
  recordFor: (name: string) => MachineRecord,
): Promise<Machine> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted.name : `${wanted.name}-${number}`;
    const record = recordFor(name);
    const dir = machineDir(env, name);
    if (await takeFolder(env, dir, record)) return { dir, record };
    if (wanted.exact) throw nameTaken(name);
  }
}

const nameTaken = (name: string): KitError =>
  new KitError(`Cannot run a machine named "${name}": one of that name is running`, {
    hint: `kit stop ${name} ends it; or choose another --name`,
  });

/** The folder appears complete with its record, by one rename, which only one of two claimants can do. */
async function takeFolder(env: Env, dir: string, record: MachineRecord): Promise<boolean> {
  await mkdir(machinesDir(env), { recursive: true, mode: 0o700 });
  const fresh = await mkdtemp(join(machinesDir(env), '.new-'));
  try {
    await writeJson(join(fresh, machineFiles.record), record);
    for (let tries = 0; tries < 3; tries += 1) {
      if (await renamed(fresh, dir)) return true;
      const there = await readMachine(dir);
      if (there && isLive(there)) return false;
      await removeFolder(env, dir);
    }
    return false;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function renamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOTEMPTY' || codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

/**
 * Moved aside first, so that nobody sees a folder that is half gone; and back, if another kit just took the
 * name.
 */
async function removeFolder(env: Env, dir: string): Promise<void> {
  const aside = await mkdtemp(join(machinesDir(env), '.old-'));
  if (await moved(dir, aside)) {
    const record = await readRecord(aside);
    if (record && isLive({ dir: aside, record }) && isAlive(record.owner) && (await renamed(aside, dir)))
      return;
  }
  await rm(aside, { recursive: true, force: true });
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return false;
    throw thrown;
  }
}
