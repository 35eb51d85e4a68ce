import type { IndexedEntry } from '../layer-entries.ts';

/** overlayfs's own attributes: what a layer says with them would not be what the image says. */
const obeyed = /^SCHILY\.xattr\.(?:trusted|user)\.overlay\./;

/**
 * The entry without extended attributes that overlayfs obeys (Documentation/filesystems/overlayfs.rst): a
 * layer packed from the folders of an overlay has them, and a container would not see them anyway.
 */
export function withoutOverlayRecords(entry: IndexedEntry): IndexedEntry {
  if (entry.pax.size === 0 || ![...entry.pax.keys()].some((key) => obeyed.test(key))) return entry;
  return { ...entry, pax: new Map([...entry.pax].filter(([key]) => !obeyed.test(key))) };
}
