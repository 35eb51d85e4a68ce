import type { IndexedEntry } from './layer-entries.ts';
import type { MergedEntry } from './merge.ts';

/**
 * The same entries with the second and later names of a file as hard links to the first. (LinuxKit copies
 * hard links unchanged: where a newer layer has replaced their target, they are broken, or link to the wrong
 * file.)
 * @param isKept whether the file of this path will be in the output: else it gets no links
 */
export function withHardLinks(
  entries: readonly MergedEntry[],
  isKept: (path: string) => boolean,
): IndexedEntry[] {
  const first = new Map<IndexedEntry, string>();
  return entries.map(({ inode, isListed: _, ...entry }): IndexedEntry => {
    if (entry.type === 'directory' || !isKept(entry.path)) return entry;
    const linkname = first.get(inode);
    if (linkname !== undefined) return { ...entry, type: 'hardlink', size: 0, linkname, pax: new Map() };
    first.set(inode, entry.path);
    return entry;
  });
}
