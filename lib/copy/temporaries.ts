import { randomBytes } from 'node:crypto';
import { lstat, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathOnDisk } from '../archive/file-names.ts';

/** The name of a file that is being written. */
export const temporaryName = (): string => `.kit-cp-${randomBytes(6).toString('hex')}`;

const isTemporary = (name: string): boolean => /^\.kit-cp-[0-9a-f]{12}$/.test(name);

/** A file that nothing has been written to for this long was left by a killed program. */
const deadMs = 10 * 60_000;

/**
 * Removes from a folder what copies left that were killed: SIGKILL leaves them no time to do so themselves.
 */
export async function removeDeadTemporaries(folder: string, nowMs = Date.now()): Promise<void> {
  const names = await readdir(pathOnDisk(folder)).catch((): string[] => []);
  for (const name of names.filter(isTemporary)) {
    const path = pathOnDisk(join(folder, name));
    const found = await lstat(path).catch(() => undefined);
    // Not mtime, which the copy itself sets.
    if (found && nowMs - found.ctimeMs > deadMs) await unlink(path).catch(() => {});
  }
}
