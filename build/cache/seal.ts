import { type Stats, statSync } from 'node:fs';
import { chmod, open, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { isTrusted } from '../host/users/private-folder.ts';

/**
 * Flushes a finished file to the disk (fsync) and marks it as complete: read-only, mtime 0. Writing to it
 * later changes the mtime, so that damage is noticed without reading the file.
 */
export async function seal(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(file, 0o444);
  await utimes(file, 0, 0);
}

/** Seals every file in the folder and below it. */
export async function sealFolder(folder: string): Promise<void> {
  for (const file of await filesBelow(folder)) await seal(file);
}

/**
 * Whether the file is there and unchanged since it was sealed. Anybody can give a file the time of the seal,
 * so it counts only on a file of this user or root that nobody else writes.
 */
export function isSealed(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && hasSeal(found);
}

/** The same of a file that was looked at. */
export const hasSeal = (found: Stats): boolean =>
  found.isFile() && found.mtimeMs === 0 && (found.mode & writtenByOthers) === 0 && isTrusted(found.uid);

const writtenByOthers = 0o022;

/** Whether the folder is there and all its files are unchanged since they were sealed. */
export async function isSealedFolder(folder: string): Promise<boolean> {
  const files = await filesBelow(folder).catch((): string[] => []);
  return files.length > 0 && files.every(isSealed);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
