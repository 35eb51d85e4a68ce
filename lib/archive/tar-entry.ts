import { createReadStream } from 'node:fs';
import { KitError } from '../errors/errors.ts';
import { pathOnDisk } from './file-names.ts';

export type TarType = 'file' | 'hardlink' | 'symlink' | 'char' | 'block' | 'directory' | 'fifo';

/** A file of an archive, as it is read and written. */
export interface TarEntry {
  /**
   * `usr/bin/node`: no leading `/` or `./`, no trailing `/`, no `..`; the root folder itself is `''`. Bytes
   * that are not UTF-8 are as in file-names.ts, here and in `linkname`.
   */
  readonly path: string;
  readonly type: TarType;
  /** Permission bits with setuid, setgid and sticky: `0o4755`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of the body; 0 for everything but files. */
  readonly size: number;
  /** Whole seconds since 1970, negative before. */
  readonly mtime: number;
  /** To be added to `mtime`: 0 to 999 999 999; 0 before 1970, where programs read fractions differently. */
  readonly nanoseconds: number;
  /** Symlinks: the text of the link. Hard links: the `path` of an earlier entry. Else `''`. */
  readonly linkname: string;
  readonly devmajor: number;
  readonly devminor: number;
  /**
   * Other PAX records by key; extended attributes are `SCHILY.xattr.<name>`, in whatever form they were
   * archived (tar-xattr.ts). Values are bytes, not always text.
   */
  readonly pax: ReadonlyMap<string, Uint8Array>;
  /** `size` bytes in pieces: `[buffer]`, `fileBody(path)`, or from `readTar`. Can be read once. */
  readonly body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** An entry with defaults: owned by root, 0755 for folders, 0777 for symlinks, 0644 for the rest. */
export function tarEntry(part: Partial<TarEntry> & Pick<TarEntry, 'path'>): TarEntry {
  const type = part.type ?? 'file';
  const mode = type === 'directory' ? 0o755 : type === 'symlink' ? 0o777 : 0o644;
  return {
    ...{
      type,
      mode,
      uid: 0,
      gid: 0,
      size: 0,
      mtime: 0,
      nanoseconds: 0,
      linkname: '',
      devmajor: 0,
      devminor: 0,
    },
    ...{ pax: new Map<string, Uint8Array>(), body: [] },
    ...part,
  };
}

/** A file entry whose body is `content`. */
export function textEntry(path: string, content: string | Uint8Array, mode = 0o644): TarEntry {
  const bytes = Buffer.from(content);
  return tarEntry({ path, mode, size: bytes.length, body: [bytes] });
}

/** The content of a file, which is opened when it is read. */
export async function* fileBody(file: string): AsyncGenerator<Buffer> {
  yield* createReadStream(pathOnDisk(file), { highWaterMark: 1 << 20 });
}

/** The whole body of the entry that was read last. @throws KitError for one longer than `limit` bytes */
export async function bodyBytes(entry: TarEntry, limit = 64 << 20): Promise<Buffer> {
  if (entry.size > limit) {
    throw new KitError(`Cannot read "${entry.path}": ${entry.size} bytes are more than ${limit}`);
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of entry.body) pieces.push(piece);
  return Buffer.concat(pieces);
}
