import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';

/**
 * An id of the logs of this boot, within which the numbers of lines are unique. Created at the first call, in
 * the folder of the logs, which is in memory. (The kernel's boot_id is shared by containers.)
 * @throws the system's error
 */
export function logId(folder: string): string {
  const path = join(folder, 'id');
  const known = readId(path);
  if (known !== undefined) return known;
  makeFolder(folder);
  const own = `${path}.${process.pid}`;
  writeFileSync(own, randomUUID());
  try {
    // Atomic, and unlike rename(2) it does not replace an existing file.
    linkSync(own, path);
  } catch {
    // Another process was first.
  }
  rmSync(own);
  return readFileSync(path, 'utf8');
}

function readId(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
