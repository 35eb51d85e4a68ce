import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../errors/errors.ts';

/**
 * Makes a folder and those above it that are missing; does nothing if it is there. kit's only way to make
 * folders with their parents: node:fs's `mkdir` with `recursive` never returns for a path like /proc/x, where
 * mkdir(2) reports ENOENT though the parent is there.
 * @param mode of every folder that is made, before the umask
 * @throws the system's error
 */
export function makeFolder(path: string, mode = 0o777): void {
  try {
    makeOne(path, mode);
  } catch (thrown) {
    const parent = dirname(path);
    if (codeOf(thrown) !== 'ENOENT' || parent === path || isFolder(parent)) throw thrown;
    makeFolder(parent, mode);
    makeOne(path, mode);
  }
}

/** Other processes may make it at the same time; on a read-only file system it may be there already. */
function makeOne(path: string, mode: number): void {
  try {
    mkdirSync(path, mode);
  } catch (thrown) {
    if (!isFolder(path)) throw thrown;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
