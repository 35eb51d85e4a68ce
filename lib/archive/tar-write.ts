import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { KitError } from '../errors/errors.ts';
import type { Digest } from '../oci/types.ts';
import { nameBytes, nameLength } from './file-names.ts';
import type { TarEntry } from './tar-entry.ts';
import { blockSize, encodeHeader, flagByType, type RawHeader } from './tar-header.ts';
import { octalLimit } from './tar-numbers.ts';
import { encodePax } from './tar-pax.ts';
import { recordKey } from './tar-xattr.ts';

type Entries = Iterable<TarEntry> | AsyncIterable<TarEntry>;

/** Of the whole archive. */
export interface WrittenTar {
  readonly digest: Digest;
  readonly size: number;
}

/** Writes the entries, in their order, to `outPath`, which appears only when it is complete and synced. */
export async function writeTar(outPath: string, entries: Entries): Promise<WrittenTar> {
  const part = `${outPath}.part`;
  const file = await open(part, 'w');
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const piece of gathered(tarBytes(entries))) {
      hash.update(piece);
      size += piece.length;
      await file.writeFile(piece);
    }
    await file.sync();
    await rename(part, outPath);
    return { digest: `sha256:${hash.digest('hex')}`, size };
  } catch (thrown) {
    await rm(part, { force: true });
    throw thrown;
  } finally {
    await file.close();
  }
}

/** The archive in pieces: equal entries give equal bytes. Ends with the two empty blocks. */
export async function* tarBytes(entries: Entries): AsyncGenerator<Uint8Array> {
  for await (const entry of entries) {
    yield* headers(entry);
    yield* paddedBody(entry);
  }
  yield Buffer.alloc(2 * blockSize);
}

/** Joins small pieces to large ones: a write for each header of 512 bytes would be slow. */
async function* gathered(pieces: AsyncIterable<Uint8Array>, enough = 1 << 20): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < enough) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  yield Buffer.concat(waiting);
}

function* headers(entry: TarEntry): Generator<Buffer> {
  const name = entry.type === 'directory' ? `${entry.path === '' ? '.' : entry.path}/` : entry.path;
  const records = paxRecords(entry, name);
  const other = (key: string, value: number): number => (records.has(key) ? 0 : value);
  const raw: RawHeader = {
    ...entry,
    flag: flagByType[entry.type],
    path: records.has('path') ? ascii(name) : name,
    linkname: records.has('linkpath') ? ascii(entry.linkname) : entry.linkname,
    size: other('size', entry.size),
    uid: other('uid', entry.uid),
    gid: other('gid', entry.gid),
    mtime: Math.min(Math.max(0, entry.mtime), octalLimit(12)),
    devmajor: other('SCHILY.devmajor', entry.devmajor),
    devminor: other('SCHILY.devminor', entry.devminor),
  };
  if (records.size > 0) {
    const body = encodePax(new Map([...records].map(([key, value]) => [recordKey(key), value])));
    const path = `PaxHeaders/${ascii(entry.path).slice(-80)}`;
    const numbers = { mode: 0o644, size: body.length, devmajor: 0, devminor: 0 };
    yield encodeHeader({ ...raw, flag: 'x', path, linkname: '', ...numbers });
    yield body;
    yield padding(body.length);
  }
  yield encodeHeader(raw);
}

/** PAX records for values that do not fit into the header, sorted by key. */
function paxRecords(entry: TarEntry, name: string): Map<string, Uint8Array> {
  const { size, uid, gid, mtime, nanoseconds, devmajor, devminor } = entry;
  const records = new Map(entry.pax);
  const add = (key: string, value: string | number): void => {
    records.set(key, nameBytes(String(value)));
  };
  const addLarge = (key: string, value: number, width: number): void => {
    if (value > octalLimit(width)) add(key, value);
  };
  for (const [key, text] of [
    ['path', name],
    ['linkpath', entry.linkname],
  ] as const) {
    if (plain(text)) continue;
    add(key, text);
    // Else readers may take it for UTF-8 (pax(1)).
    if (!text.isWellFormed()) add('hdrcharset', 'BINARY');
  }
  if (nanoseconds > 0 || mtime < 0 || mtime > octalLimit(12)) add('mtime', timeText(mtime, nanoseconds));
  addLarge('size', size, 12);
  addLarge('uid', uid, 8);
  addLarge('gid', gid, 8);
  addLarge('SCHILY.devmajor', devmajor, 8);
  addLarge('SCHILY.devminor', devminor, 8);
  return new Map([...records].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Nine digits: mkfs.erofs takes the fraction for nanoseconds, however many digits it has. */
const timeText = (mtime: number, nanoseconds: number): string =>
  nanoseconds === 0 ? String(mtime) : `${mtime}.${String(nanoseconds).padStart(9, '0')}`;

/** Fits into the header as it is, and means the same to every reader: ASCII, or bytes of no character set. */
const plain = (text: string): boolean =>
  text.length <= 100 && (/^[\x20-\x7e]*$/.test(text) || (!text.isWellFormed() && nameLength(text) <= 100));

const ascii = (text: string): string => text.replace(/[^\x20-\x7e]/g, '_').slice(0, 100);

async function* paddedBody(entry: TarEntry): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of entry.body) {
    bytes += piece.length;
    yield piece;
  }
  // A longer or shorter body would shift every header after it.
  if (bytes !== entry.size) {
    throw new KitError(
      `Cannot archive "${entry.path}": it has ${bytes} bytes where ${entry.size} were announced`,
    );
  }
  yield padding(bytes);
}

const padding = (bytes: number): Buffer => Buffer.alloc((blockSize - (bytes % blockSize)) % blockSize);
