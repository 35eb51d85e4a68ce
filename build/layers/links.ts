import { KitError } from '../../lib/errors/errors.ts';
import type { IndexedEntry } from './layer-index.ts';
import type { MergedEntry } from './merge.ts';

/**
 * The same entries with every hard link behind its target, and links whose target is gone as files of their own:
 * where a newer layer has replaced the file that an older one linked to, the link still shows the old one. (LinuxKit
 * copies such links as they are: they come to nothing, or to the wrong file.)
 * @param isKept whether what has this path stays as it is
 * @param image what messages call the image
 */
export function settleLinks(
  entries: readonly MergedEntry[],
  isKept: (path: string) => boolean,
  image: string,
): IndexedEntry[] {
  const coming = new Set<IndexedEntry>(entries.filter((entry) => !isLink(entry) && isKept(entry.path)));
  const placed = new Map<IndexedEntry, string>();
  const waiting = new Map<IndexedEntry, IndexedEntry[]>();
  const settled: IndexedEntry[] = [];
  for (const entry of entries) {
    const { source } = entry;
    if (!isLink(entry) || !isKept(entry.path)) {
      settled.push(entry);
      if (!coming.has(entry)) continue;
      placed.set(entry, entry.path);
      settled.push(...(waiting.get(entry) ?? []));
      continue;
    }
    if (!source) {
      throw new KitError(
        `Cannot use image "${image}": "${entry.path}" is a hard link to "${entry.linkname}", which it does not have`,
      );
    }
    const target = placed.get(source);
    if (target !== undefined) settled.push({ ...entry, linkname: target });
    else if (coming.has(source)) {
      waiting.set(source, [...(waiting.get(source) ?? []), { ...entry, linkname: source.path }]);
    } else {
      settled.push({ ...source, path: entry.path });
      placed.set(source, entry.path);
    }
  }
  return settled;
}

const isLink = ({ type }: IndexedEntry): boolean => type === 'hardlink';
