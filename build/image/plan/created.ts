import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';

/** 2017-04-18T16:30:00Z: LinuxKit's time of everything that no image brought. */
export const createdTime = 1_492_533_000;

/** Why an entry is there; LinuxKit writes it beside each. */
export interface Origin {
  /** The image, as LinuxKit expands references, or `linuxkit.files`, `linuxkit.volumes`, `empty`, `LINUXKIT.apkinit`. */
  readonly source: string;
  /** `kernel`, `init[0]`, `volume[0]`, `services[2]`, `files[1]`… */
  readonly location: string;
}

/** The entry with its origin in PAX records. */
export function withOrigin<T extends Pick<TarEntry, 'pax'>>(entry: T, { source, location }: Origin): T {
  const records: [string, Uint8Array][] = [
    ['LINUXKIT.location', Buffer.from(location)],
    ['LINUXKIT.source', Buffer.from(source)],
  ];
  return { ...entry, pax: new Map([...entry.pax, ...records]) };
}

/** An entry that no image brought. */
export function created(part: Partial<TarEntry> & Pick<TarEntry, 'path'>, origin: Origin): TarEntry {
  return withOrigin(tarEntry({ mtime: createdTime, ...part }), origin);
}

/** A file that no image brought. */
export function createdFile(path: string, content: string | Uint8Array, origin: Origin): TarEntry {
  return withOrigin({ ...textEntry(path, content), mtime: createdTime }, origin);
}

/** `a/b/c` → folders `a`, `a/b`, `a/b/c`, open to all. */
export function createdFolders(path: string, origin: Origin): TarEntry[] {
  const parts = path.split('/');
  return parts.map((_, at) => created({ path: parts.slice(0, at + 1).join('/'), type: 'directory' }, origin));
}

/** The same without an origin: what LinuxKit adds for a format. */
export function addedFile(path: string, content: string | Uint8Array): TarEntry {
  return { ...textEntry(path, content), mtime: createdTime };
}
