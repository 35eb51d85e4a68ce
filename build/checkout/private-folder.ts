import { lstatSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Whether code in this folder can be run: it belongs to this user, and nobody else but root can put another
 * file or folder in its place. False when it is not there.
 */
export function isPrivateFolder(folder: string): boolean {
  try {
    const real = realpathSync.native(folder);
    return lstatSync(real).isDirectory() && isOwn(real) && foldersAbove(real).every(isKept);
  } catch {
    return false;
  }
}

/** Whether this user alone writes the file or folder. A symbolic link is neither. */
export function isOwn(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.uid === user() && (found.mode & writtenByOthers) === 0;
}

const writtenByOthers = 0o022;
/** As /tmp is: only its owner renames or removes what is in it. */
const sticky = 0o1000;

const user = (): number => process.geteuid?.() ?? -1;

function isKept(folder: string): boolean {
  const { uid, mode } = lstatSync(folder);
  return (uid === 0 || uid === user()) && ((mode & writtenByOthers) === 0 || (mode & sticky) !== 0);
}

function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}
