import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { KitError } from '../errors/errors.ts';
import type { Digest } from '../oci/types.ts';
import type { TarEntry } from './tar-entry.ts';
import { blockSize, encodeHeader, flagByType, octalLimit, type RawHeader } from './tar-header.ts';
import { encodePax } from './tar-pax.ts';

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
  const raw: RawHeader = {
    ...entry,
    flag: flagByType[entry.type],
    path: records.has('path') ? ascii(name) : name,
    linkname: records.has('linkpath') ? ascii(entry.linkname) : entry.linkname,
    size: records.has('size') ? 0 : entry.size,
    uid: records.has('uid') ? 0 : entry.uid,
    gid: records.has('gid') ? 0 : entry.gid,
  };
  if (records.size > 0) {
    const body = encodePax(records);
    const path = `PaxHeaders/${ascii(entry.path).slice(-80)}`;
    yield encodeHeader({ ...raw, flag: 'x', path, linkname: '', mode: 0o644, size: body.length });
    yield body;
    yield padding(body.length);
  }
  yield encodeHeader(raw);
}

/** PAX records for values that do not fit into the header, sorted by key. */
function paxRecords(entry: TarEntry, name: string): Map<string, Uint8Array> {
  const records = new Map(entry.pax);
  const add = (key: string, value: string | number): void => {
    records.set(key, Buffer.from(String(value)));
  };
  if (!plain(name)) add('path', name);
  if (!plain(entry.linkname)) add('linkpath', entry.linkname);
  if (entry.size > octalLimit(12)) add('size', entry.size);
  if (entry.uid > octalLimit(8)) add('uid', entry.uid);
  if (entry.gid > octalLimit(8)) add('gid', entry.gid);
  return new Map([...records].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const plain = (text: string): boolean => text.length <= 100 && /^[\x20-\x7e]*$/.test(text);

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
