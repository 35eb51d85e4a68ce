import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Names the logs of this boot, in which the number of a line is unique. (The kernel's boot_id would do but for
 * containers, which share it.) Whoever asks first makes it; the folder is in memory. @throws the system's error
 */
export function logId(folder: string): string {
  const path = join(folder, 'id');
  const known = readId(path);
  if (known !== undefined) return known;
  mkdirSync(folder, { recursive: true });
  const own = `${path}.${process.pid}`;
  writeFileSync(own, randomUUID());
  try {
    // Whole, or not at all; and never in place of another.
    linkSync(own, path);
  } catch {
    // Somebody else was first.
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
