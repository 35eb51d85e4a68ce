import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { folderNames } from '../../lib/files/folder-names.ts';
import type { NextBoot } from '../backend/backend.ts';
import { readLaunch, writeNextLaunch } from '../backend/launch-file.ts';
import { type FileLock, tryLock } from '../cache/file-lock.ts';
import { isRemote, type Machine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { backendNamed } from '../monitor/backends.ts';
import type { Work } from '../work.ts';

/** Keeps other commands of this user from updating the machine: they would write the same files. */
export function lockUpdates({ dir, record: { name } }: Machine): FileLock {
  const lock = tryLock(join(dir, machineFiles.updateLock), 'exclusive');
  if (lock) return lock;
  throw new KitError(`Cannot update machine "${name}": another kit update is at work on it`, {
    hint: 'try again when it has ended',
  });
}

/**
 * Writes how the machine is to be started with the image: next-launch.json, which its monitor takes. False:
 * it boots from a disk or on another host, where only a new image changes what the next boot starts.
 * @param digest of the image, for the record of a cluster's machine
 */
export async function prepareNextBoot(
  machine: Machine,
  image: NextBoot,
  digest: string,
  work: Work,
): Promise<boolean> {
  if (isRemote(machine)) return false;
  const { kind, ...old } = await readLaunch(machine.dir);
  const launch = await backendNamed(kind).nextLaunch(machine, old, image, work);
  if (launch) await writeNextLaunch(machine.dir, { launch: { kind, ...launch }, digest });
  return launch !== undefined;
}

/** Removes what the next boot does not start from: files of earlier updates, and of one that has failed. */
export async function removeUnusedImages({ dir }: Machine): Promise<void> {
  const folder = join(dir, machineFiles.images);
  const names = await folderNames(folder);
  await rm(join(dir, machineFiles.nextLaunch), { force: true });
  if (names.length === 0) return;
  const launch = await readFile(join(dir, machineFiles.launch), 'utf8');
  const unused = names.filter((name) => !launch.includes(`/${machineFiles.images}/${name}/`));
  for (const name of unused) await rm(join(folder, name), { recursive: true, force: true });
}
