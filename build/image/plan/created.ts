import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';

/** 2017-04-18T16:30:00Z: the constant time that LinuxKit gives to every entry it creates itself. */
export const createdTime = 1_492_533_000;

/** Where an entry of the tree comes from; LinuxKit records it in PAX records of each entry. */
export interface Provenance {
  /** An image's expanded reference, or `linuxkit.files`, `linuxkit.volumes`, `empty`, `LINUXKIT.apkinit`. */
  readonly source: string;
  /** `kernel`, `init[0]`, `volume[0]`, `services[2]`, `files[1]`… */
  readonly location: string;
}

/** The entry with its provenance in PAX records. */
export function withProvenance<T extends Pick<TarEntry, 'pax'>>(
  entry: T,
  { source, location }: Provenance,
): T {
  const records: [string, Uint8Array][] = [
    ['LINUXKIT.location', Buffer.from(location)],
    ['LINUXKIT.source', Buffer.from(source)],
  ];
  return { ...entry, pax: new Map([...entry.pax, ...records]) };
}

/** An entry that comes from no image. */
export function createdEntry(
  part: Partial<TarEntry> & Pick<TarEntry, 'path'>,
  provenance: Provenance,
): TarEntry {
  return withProvenance(tarEntry({ mtime: createdTime, ...part }), provenance);
}

/** A file that comes from no image. */
export function createdFile(path: string, content: string | Uint8Array, provenance: Provenance): TarEntry {
  return withProvenance(addedFile(path, content), provenance);
}

/** `a/b/c` → folders `a`, `a/b`, `a/b/c`, each with mode 0755. */
export function createdFolders(path: string, provenance: Provenance): TarEntry[] {
  const parts = path.split('/');
  return parts.map((_, at) =>
    createdEntry({ path: parts.slice(0, at + 1).join('/'), type: 'directory' }, provenance),
  );
}

/** A file without provenance, as LinuxKit writes those that it adds for a format. */
export function addedFile(path: string, content: string | Uint8Array): TarEntry {
  return { ...textEntry(path, content), mtime: createdTime };
}
