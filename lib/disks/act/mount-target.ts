import { lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../errors/errors.ts';
import { DiskTrouble } from '../decide/trouble.ts';

/**
 * Makes a mount point in the machine. A link on the way would lead to another place: the machine's root is
 * not that of this program.
 * @param root where the machine's root is seen @param target `/var/data`
 */
export function makeMountPoint(root: string, target: string): string {
  let path = root;
  for (const part of target.split('/').filter(Boolean)) {
    path = join(path, part);
    try {
      if (!lstatSync(path).isDirectory()) throw new DiskTrouble(`its mount point "${target}" is no folder`);
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOENT') throw thrown;
      mkdirSync(path, { mode: 0o755 });
    }
  }
  return path;
}

/** Folders and links directly below a folder, which a disk that is mounted over it would hide. */
export type HiddenEntry =
  | { readonly name: string; readonly mode: number }
  | { readonly name: string; readonly link: string };

export function entriesBelow(folder: string): HiddenEntry[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): HiddenEntry[] => {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) return [{ name: entry.name, link: readlinkSync(path) }];
    return entry.isDirectory() ? [{ name: entry.name, mode: lstatSync(path).mode & 0o7777 }] : [];
  });
}

/** Makes those that a mounted disk lacks: /var needs its folders, whichever disk is mounted there. */
export function makeEntries(folder: string, entries: readonly HiddenEntry[]): void {
  for (const entry of entries) {
    const path = join(folder, entry.name);
    try {
      if ('link' in entry) symlinkSync(entry.link, path);
      else mkdirSync(path, { mode: entry.mode });
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') throw thrown;
    }
  }
}
