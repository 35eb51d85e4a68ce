import { sparsePart } from '../../lib/archive/tar.ts';
import { KitError } from '../../lib/errors/errors.ts';
import type { Work } from '../work.ts';
import { Bodies } from './bodies.ts';
import { type IndexedEntry, indexedEntries, tarRows } from './layer-entries.ts';

/** The entries of an archive that is a file of a layer. @param key identifies its content */
export async function nestedEntries(outer: IndexedEntry, key: string, work: Work): Promise<IndexedEntry[]> {
  const read = async (): ReturnType<typeof tarRows> => {
    using bodies = new Bodies();
    return await tarRows(bodies.entry(outer).body, outer.path);
  };
  return (await indexedEntries(key, outer.file, read, work)).map((entry) => within(outer, entry));
}

/** An entry of an archive whose place is known in the file that it is in. */
function within(outer: IndexedEntry, entry: IndexedEntry): IndexedEntry {
  if (!outer.segments) return { ...entry, offset: outer.offset + entry.offset };
  if (entry.segments) {
    throw new KitError(`Cannot read "${entry.path}" in "${outer.path}": both are stored as sparse files`);
  }
  const { segments, skipped } = sparsePart(outer.segments, entry.offset, entry.size);
  return { ...entry, segments, offset: outer.offset + skipped };
}
