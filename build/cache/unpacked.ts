import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { folderNames } from '../../lib/files/folder-names.ts';
import { tryLock } from './file-lock.ts';

/**
 * The cache's `unpacked/` has layers as folders, from which containers run. Unlike a mounted file, a folder
 * can be removed while it is in use, so its users hold a shared lock.
 */
export const unpackedFolder = 'unpacked';

/** The lock of a folder in `unpacked/`. */
export const unpackedLock = (folder: string): string =>
  join(dirname(dirname(folder)), 'locks', `unpacked-${basename(folder)}`);

/** Removes all folders of `unpacked/` that are not in use. */
export async function removeUnpacked(cacheDir: string): Promise<void> {
  for (const name of await folderNames(join(cacheDir, unpackedFolder))) {
    const folder = join(cacheDir, unpackedFolder, name);
    const lock = tryLock(unpackedLock(folder), 'exclusive');
    if (!lock) continue;
    await rm(folder, { recursive: true, force: true });
    lock.release();
  }
}
