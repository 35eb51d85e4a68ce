import { KitError } from '../../lib/errors/errors.ts';
import type { IndexedEntry } from './layer-entries.ts';
import type { MergedEntry } from './merge.ts';

/**
 * The same entries with every hard link after its target, and links whose target is gone as separate files:
 * where a newer layer has replaced the target, the link still has the old content. (LinuxKit copies such
 * links unchanged: they are broken, or link to the wrong file.)
 * @param isKept whether the entry of this path will be in the output
 * @param image name of the image in messages
 */
export function resolveHardLinks(
  entries: readonly MergedEntry[],
  isKept: (path: string) => boolean,
  image: string,
): IndexedEntry[] {
  const pending = new Set<IndexedEntry>(entries.filter((entry) => !isLink(entry) && isKept(entry.path)));
  const placed = new Map<IndexedEntry, string>();
  const waiting = new Map<IndexedEntry, IndexedEntry[]>();
  const resolved: IndexedEntry[] = [];
  for (const entry of entries) {
    const { source } = entry;
    if (!isLink(entry) || !isKept(entry.path)) {
      resolved.push(entry);
      if (!pending.has(entry)) continue;
      placed.set(entry, entry.path);
      resolved.push(...(waiting.get(entry) ?? []));
      continue;
    }
    if (!source) {
      const link = `"${entry.path}" is a hard link to "${entry.linkname}"`;
      throw new KitError(`Cannot use image "${image}": ${link}, which it does not have`);
    }
    const target = placed.get(source);
    if (target !== undefined) resolved.push({ ...entry, linkname: target });
    else if (pending.has(source)) {
      waiting.set(source, [...(waiting.get(source) ?? []), { ...entry, linkname: source.path }]);
    } else {
      resolved.push({ ...source, path: entry.path });
      placed.set(source, entry.path);
    }
  }
  return resolved;
}

const isLink = ({ type }: IndexedEntry): boolean => type === 'hardlink';
