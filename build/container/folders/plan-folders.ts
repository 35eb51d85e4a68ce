import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import type { DiskOption } from '../../backend/request/disks.ts';
import type { RunRequest } from '../../backend/request/request.ts';
import type { HostFolder } from './host-folder.ts';

/** The folders in place of disks, and those that are shared. @throws KitError for a disk without a place */
export function planFolders({ disks, shares, state }: RunRequest): HostFolder[] {
  return [
    ...disks.map((disk, index): HostFolder => {
      const path = folderOf(disk, index, state);
      return { path, as: { disk: disk.serial ?? null }, readOnly: false };
    }),
    ...shares.map(({ path, tag, readOnly }): HostFolder => ({ path, as: { share: tag }, readOnly })),
  ];
}

/**
 * The path of a disk itself if a folder is there, else with `.folder` after it: so the same command line
 * starts a machine and a container, with different data.
 */
function folderOf({ path, serial }: DiskOption, index: number, state: string | undefined): string {
  if (path === undefined && state === undefined) {
    const named = serial === undefined ? 'without a path' : `"${serial}", which has no path,`;
    throw new KitError(`Cannot use a disk ${named} with a container: a folder stands for it, which stays`, {
      hint: 'name one: --disk data.img,size=4G; or --state FOLDER',
      exitCode: 2,
    });
  }
  const place = path ?? join(state ?? '', `disk${index}.img`);
  return isFolder(place) ? place : `${place}.folder`;
}

/** Makes the folders for disks that are missing. @throws KitError for one without a size, as for disks */
export function createFolders(folders: readonly HostFolder[], disks: readonly DiskOption[]): void {
  for (const [index, disk] of disks.entries()) {
    const { path = '' } = folders[index] ?? {};
    if (isFolder(path)) continue;
    if (disk.sizeBytes === undefined) {
      throw new KitError(`Cannot use disk "${disk.path}" with a container: no folder "${path}"`, {
        hint: `--disk ${disk.path},size=1G makes it`,
      });
    }
    makeFolder(dirname(path));
    // Private, whatever modes the container gives to what is below it.
    mkdirSync(path, 0o700);
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return false;
    throw new KitError(`Cannot use folder "${path}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}
