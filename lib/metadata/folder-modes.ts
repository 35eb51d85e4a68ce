import { dirname } from 'node:path';
import type { PlannedFile, PlannedFolder } from './user-data/user-data-plan.ts';

/**
 * The mode of each folder that holds a planned file, or is planned itself, parents first: the one it was
 * given, else root's alone. It is passable, not readable, for the group or others if they may read a file
 * below it: a service with a user of its own would not get to a file that is meant for it.
 */
export function folderModes(
  files: readonly PlannedFile[],
  folders: readonly PlannedFolder[],
): Map<string, number> {
  const modes = new Map<string, number>();
  const add = (path: string, bits: number): void => {
    if (path === '.' || path === '') return;
    add(dirname(path), bits);
    modes.set(path, (modes.get(path) ?? 0o700) | bits);
  };
  for (const { path } of folders) add(path, 0);
  for (const { path, mode } of files) add(dirname(path), (mode & 0o044) >> 2);
  for (const { path, mode } of folders) if (mode !== undefined) modes.set(path, mode);
  return modes;
}
