import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { isLive, type Machine, readMachine } from './find.ts';
import { machineDir, machineFiles, machinesDir } from './folder.ts';
import { writePrivateJson } from './private-json.ts';
import type { MachineRecord } from './record.ts';
import { disksText, folderContents, removeFolder, renamed } from './remove.ts';

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
 * replaced; `notify` is told of disks that are lost with it.
 */
export async function createMachine(
  env: Env,
  wanted: { readonly name: string; readonly exact: boolean },
  recordFor: (name: string) => MachineRecord,
  notify: (text: string) => void = () => {},
): Promise<Machine> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted.name : `${wanted.name}-${number}`;
    const record = recordFor(name);
    const dir = machineDir(env, name);
    if (await createFolder(env, dir, record, notify)) return { dir, record };
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
async function createFolder(
  env: Env,
  dir: string,
  record: MachineRecord,
  notify: (text: string) => void,
): Promise<boolean> {
  makeFolder(machinesDir(env), 0o700);
  const unfinished = await mkdtemp(join(machinesDir(env), '.new-'));
  try {
    await writePrivateJson(join(unfinished, machineFiles.record), record);
    for (let tries = 0; tries < 3; tries += 1) {
      if (await renamed(unfinished, dir, ['ENOTEMPTY', 'EEXIST'])) return true;
      const existing = await readMachine(dir);
      if (existing && isLive(existing)) return false;
      const lost = disksText(await folderContents(dir));
      if (lost !== '') notify(`Replaces machine "${record.name}", which has ended, with its ${lost}`);
      await removeFolder(env, dir);
    }
    return false;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
