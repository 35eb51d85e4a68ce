import { KitError, reasonOf } from '../errors/errors.ts';
import { ByteSource } from './byte-source.ts';
import type { TarEntry } from './tar-entry.ts';
import { blockSize, decodeHeader, decodeText, type RawHeader, typeByFlag } from './tar-header.ts';
import { decodePax } from './tar-pax.ts';

type Records = ReadonlyMap<string, Buffer>;

/** The most bytes of a long name or of an entry's PAX records, against hostile archives. */
const extrasLimit = 1 << 20;
/** Linux opens no longer path (PATH_MAX). */
const pathLimit = 4096;
/** The most bytes behind the end of an archive, which tar pads to records of some kB, or MB on tapes. */
const trailingLimit = 16 << 20;

/** More files than any system has: each takes memory in whoever collects them. */
const entryLimit = 10_000_000;

/** An entry of an archive that is being read. */
export interface StoredEntry extends TarEntry {
  /** Of its body, in bytes from the start of the stream. */
  readonly offset: number;
}

/**
 * The entries of an uncompressed tar (ustar, PAX or GNU), in their order, with one block in memory at a time.
 * A body must be read before the next entry is requested; the rest of it is skipped. Behind the end of the
 * archive the stream is read to its own end, within bounds: its writer may still be writing padding, and
 * would fail with EPIPE. A consumer that stops before that closes the stream at once.
 * @param name of the archive in messages
 */
export async function* readTar(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): AsyncGenerator<StoredEntry> {
  const source = new ByteSource(stream);
  try {
    yield* entries(source, name);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new KitError(`Cannot read archive "${name}": ${reasonOf(thrown)}`, { cause: thrown });
  } finally {
    await source.close();
  }
}

async function* entries(source: ByteSource, name: string): AsyncGenerator<StoredEntry> {
  let global: Records = new Map();
  let local: Records = new Map();
  for (let count = 0; ; count += 1) {
    const header = await nextHeader(source);
    if (!header) return readTrailing(source);
    if (count > entryLimit) throw new RangeError(`it has more than ${entryLimit} entries`);
    if (header.flag === 'g') global = new Map([...global, ...decodePax(await extras(source, header))]);
    else if (header.flag === 'x') local = new Map([...local, ...decodePax(await extras(source, header))]);
    else if (header.flag === 'L') local = withName(local, 'path', await extras(source, header));
    else if (header.flag === 'K') local = withName(local, 'linkpath', await extras(source, header));
    else {
      yield* withBody(source, entryOf(header, new Map([...global, ...local])), name);
      local = new Map();
    }
  }
}

/** Undefined at the end: a block of zeros, or the end of the stream. */
async function nextHeader(source: ByteSource): Promise<RawHeader | undefined> {
  const block = await source.take(blockSize);
  if (block.length === 0 || (block.length === blockSize && block.every((byte) => byte === 0))) return;
  if (block.length < blockSize) throw new RangeError('it ends in the middle of a header');
  return decodeHeader(block);
}

async function readTrailing(source: ByteSource): Promise<void> {
  let bytes = 0;
  for await (const piece of source.stream(trailingLimit + 1)) bytes += piece.length;
  if (bytes > trailingLimit) throw new RangeError(`more than ${trailingLimit} bytes follow its end`);
}

async function extras(source: ByteSource, header: RawHeader): Promise<Buffer> {
  if (header.size > extrasLimit) throw new RangeError(`a name or PAX record has ${header.size} bytes`);
  const body = await source.take(header.size);
  if (body.length < header.size) throw new RangeError('it ends in the middle of a PAX record');
  await skip(source, padding(header.size));
  return body;
}

/** GNU tar's long names, which end with a zero byte. */
function withName(records: Records, key: string, body: Buffer): Records {
  const end = body.indexOf(0);
  return new Map([...records, [key, end < 0 ? body : body.subarray(0, end)]]);
}

function entryOf(header: RawHeader, records: Records): TarEntry {
  const type = typeByFlag[header.flag];
  if (!type) throw new RangeError(`"${header.path}" has the unknown type "${header.flag}"`);
  const textOf = (key: string, other: string): string => {
    const value = records.get(key);
    return value ? decodeText(value) : other;
  };
  const path = textOf('path', header.path);
  const linkname = textOf('linkpath', header.linkname);
  const { flag: _flag, ...rest } = header;
  return {
    ...rest,
    // Before POSIX, folders were files with a slash at the end of the name.
    type: header.flag === '\0' && path.endsWith('/') ? 'directory' : type,
    path: cleanPath(path),
    linkname: type === 'hardlink' ? cleanPath(linkname) : type === 'symlink' ? linkname : '',
    size: type === 'file' ? wholeNumber(records, 'size', header.size) : 0,
    uid: wholeNumber(records, 'uid', header.uid),
    gid: wholeNumber(records, 'gid', header.gid),
    mtime: wholeNumber(records, 'mtime', header.mtime),
    pax: new Map([...records].filter(([key]) => !structural.has(key))),
    body: [],
  };
}

/** Records that are fields of the entry. */
const structural = new Set(['path', 'linkpath', 'size', 'uid', 'gid', 'mtime', 'atime', 'ctime', 'charset']);

/** A PAX number without its fraction; times before 1970 become 0. */
function wholeNumber(records: Records, key: string, other: number): number {
  const value = records.get(key)?.toString('latin1');
  if (value === undefined) return other;
  const number = Math.max(0, Math.trunc(Number(value)));
  if (!/^-?\d+(\.\d*)?$/.test(value) || !Number.isSafeInteger(number)) {
    throw new RangeError(`the PAX record "${key}" is "${value}"`);
  }
  return number;
}

/** @throws RangeError for a path that leads out of the folder it is unpacked in */
function cleanPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw new RangeError(`the path "${path}" leads out of the archive`);
  if (path.includes('\0')) throw new RangeError('a path holds a zero byte');
  if (path.length > pathLimit) throw new RangeError(`a path has ${path.length} characters`);
  return parts.join('/');
}

async function* withBody(source: ByteSource, entry: TarEntry, name: string): AsyncGenerator<StoredEntry> {
  const offset = source.position;
  let left = entry.size;
  async function* body(): AsyncGenerator<Buffer> {
    for await (const piece of source.stream(left)) {
      left -= piece.length;
      yield piece;
    }
    // The body's consumer gets this error, so it needs the archive's name.
    if (left > 0)
      throw new KitError(`Cannot read archive "${name}": it ends in the middle of "${entry.path}"`);
  }
  yield { ...entry, offset, body: body() };
  // Skips the rest of the body, also after a consumer that stopped half-way.
  for await (const piece of source.stream(left)) left -= piece.length;
  if (left > 0) throw new RangeError(`it ends in the middle of "${entry.path}"`);
  await skip(source, padding(entry.size));
}

async function skip(source: ByteSource, count: number): Promise<void> {
  for await (const _piece of source.stream(count));
}

const padding = (bytes: number): number => (blockSize - (bytes % blockSize)) % blockSize;
