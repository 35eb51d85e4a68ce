import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DiskVolume, volumesFolder } from '../../bundle/disks.ts';
import { codeOf } from '../../errors/errors.ts';
import { DiskTrouble } from '../decide/trouble.ts';

/**
 * Makes the folders of a disk's volumes that are missing. Those that are there keep owner and mode, which
 * belong to the data. A service that was given the whole disk may have put a link in their place: it is
 * refused.
 * @param disk where the disk is mounted
 */
export function makeVolumes(disk: string, volumes: readonly DiskVolume[]): void {
  if (volumes.length === 0) return;
  makeFolder(join(disk, volumesFolder), { uid: 0, gid: 0, mode: 0o755 });
  for (const volume of volumes) makeFolder(join(disk, volumesFolder, volume.name), volume);
}

function makeFolder(path: string, { uid, gid, mode }: Omit<DiskVolume, 'name'>): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    if (codeOf(thrown) !== 'EEXIST') throw thrown;
    if (lstatSync(path).isDirectory()) return;
    throw new DiskTrouble(`"${path}" is no folder`);
  }
  // After a power cut between these calls it is there with mode 0700 and root's: nobody's data is shown.
  chmodSync(path, mode);
  chownSync(path, uid, gid);
}
