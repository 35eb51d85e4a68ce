/**
 * Tar archives, read and written as a stream of `TarEntry`.
 *
 *   for await (const entry of readTar(createReadStream(file), file)) … bounded memory, hostile input refused
 *   const { digest, size } = await writeTar(out, entries)              same entries, same bytes
 *   textEntry('etc/hostname', 'x\n'), tarEntry({ path: 'tmp', type: 'directory', mode: 0o1777 })
 *
 * No library is used: they decode PAX values as text (security.capability is not text) and lose device
 * numbers. The formats of pax(1) are written; those of GNU tar, bsdtar and star are read too, sparse files
 * among them. Names may be any bytes (file-names.ts).
 */
export { nameBytes, nameLength, nameOfBytes } from './file-names.ts';
export { bodyBytes, fileBody, type TarEntry, type TarType, tarEntry, textEntry } from './tar-entry.ts';
export { readTar, type StoredEntry } from './tar-read.ts';
export { expanded, type Segment, sparsePart } from './tar-sparse.ts';
export { tarBytes, type WrittenTar, writeTar } from './tar-write.ts';
