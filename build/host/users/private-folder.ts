import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../../../lib/errors/errors.ts';

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

/**
 * How somebody else could write the file or folder, or put another one in its place: `user 1000 owns "/x"`.
 * Undefined if only this user and root can. Of a path that is not there, the folders above are looked at.
 * @param sticky whether a folder such as /tmp will do, where only its owner replaces a file
 * @throws the system's error if it cannot be looked at
 */
export function otherWriter(path: string, sticky = false): string | undefined {
  const { real, isThere } = existing(path);
  const chain = [real, ...foldersAbove(real)];
  // What is below a folder that only this user enters is out of reach, whatever its mode.
  const closed = chain.findIndex(isClosed);
  for (const [index, folder] of chain.entries()) {
    const writer = index < closed ? undefined : writerOf(folder, sticky || index > 0 || !isThere);
    if (writer !== undefined) return writer;
  }
  return [path, ...foldersAbove(path)]
    .filter(isLink)
    .map(linkWriter)
    .find((writer) => writer !== undefined);
}

/** The owner of a link decides where it leads; so does who can put another one in its place. */
function linkWriter(link: string): string | undefined {
  const { uid } = lstatSync(link);
  return isTrusted(uid) ? otherWriter(dirname(link), true) : `user ${uid} owns "${link}"`;
}

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

function isClosed(path: string): boolean {
  const found = lstatSync(path);
  return found.isDirectory() && found.uid === user() && (found.mode & 0o011) === 0;
}

/** @param sticky whether a sticky folder is as good as one that only its owner writes */
function writerOf(path: string, sticky: boolean): string | undefined {
  const found = lstatSync(path);
  if (!isTrusted(found.uid)) return `user ${found.uid} owns "${path}"`;
  if (sticky && (found.mode & stickyBit) !== 0) return undefined;
  if ((found.mode & 0o002) !== 0) return `every user can write "${path}"`;
  // A group of one's own, as useradd(8) makes it for each user, has the user's number.
  const isOwnGroup = found.gid === found.uid || found.gid === 0;
  return (found.mode & 0o020) !== 0 && !isOwnGroup ? `group ${found.gid} can write "${path}"` : undefined;
}

/** This user, root, and the user who became root by sudo(8), who could as well become root again. */
export function isTrusted(uid: number): boolean {
  if (uid === 0 || uid === user()) return true;
  if (user() === 0 && uid === Number(process.env.SUDO_UID || -1)) return true;
  // In a user namespace, files of users who are not in it, such as root's, show this number.
  return uid === overflowUid && !mapsEveryUser();
}

const overflowUid = 65534;

/** user_namespaces(7): the first namespace maps all 2^32 - 1 numbers to themselves. */
const mapsEveryUser = (): boolean =>
  /^\s*0\s+0\s+4294967295\s*$/.test(readFileSync('/proc/self/uid_map', 'latin1'));

/** The path without symbolic links, or that of the nearest folder above which is there. */
function existing(path: string): { readonly real: string; readonly isThere: boolean } {
  try {
    return { real: realpathSync.native(path), isThere: true };
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT' || path === dirname(path)) throw thrown;
    return { ...existing(dirname(path)), isThere: false };
  }
}

const writtenByOthers = 0o022;
/** As /tmp is: only its owner renames or removes what is in it. */
const stickyBit = 0o1000;

const user = (): number => process.geteuid?.() ?? -1;

function isKept(folder: string): boolean {
  const { uid, mode } = lstatSync(folder);
  return (uid === 0 || uid === user()) && ((mode & writtenByOthers) === 0 || (mode & stickyBit) !== 0);
}

function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}
