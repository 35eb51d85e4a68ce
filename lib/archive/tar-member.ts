import { reasonOf } from '../errors/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { nameLength } from './file-names.ts';
import { type FileFormat, otherFormat } from './other-formats.ts';
import type { TarEntry } from './tar-entry.ts';
import { blockSize, type DecodedHeader, decodeHeader, isHeader, typeByFlag } from './tar-header.ts';
import { decodePax, type PaxRecord } from './tar-pax.ts';
import {
  effectiveRecords,
  keptRecords,
  nameRecord,
  numberRecord,
  type Records,
  timeRecord,
} from './tar-records.ts';
import { type Segment, sparseMap } from './tar-sparse.ts';

/** The most bytes of a long name or of an entry's PAX records, against hostile archives. */
const extrasLimit = 8 << 20;
/** Linux opens no longer path (PATH_MAX, in bytes). */
const pathLimit = 4096;

/** A file of an archive, with its headers read. */
export interface Member {
  readonly entry: TarEntry;
  /** How many bytes of data follow, without their padding. They are an entry's body only if it is a file. */
  readonly stored: number;
  /** Set for a sparse file, whose data they are. */
  readonly segments: readonly Segment[] | undefined;
}

/** An archive that is something else. */
export class NoTar extends RangeError {
  readonly hint: string | undefined;

  constructor({ what, program }: FileFormat) {
    super(`it is ${what}`);
    this.hint = program && `decompress it first: ${program} -dc`;
  }
}

/**
 * Reads the headers of the next file: any number of those that describe it, and its own. Undefined at the
 * end. @param global the records of the archive's global headers, which are added
 * @throws RangeError
 */
export async function nextMember(
  source: ByteSource,
  global: { records: PaxRecord[] },
): Promise<Member | undefined> {
  const local: PaxRecord[] = [];
  for (;;) {
    const header = await nextHeader(source);
    if (!header) {
      if (local.length > 0) throw new RangeError('it ends behind a header that describes the next file');
      return undefined;
    }
    if (header.flag === 'g') {
      global.records = lastOfEach([...global.records, ...decodePax(await extras(source, header))]);
      // `x` of Sun's tar.
    } else if (header.flag === 'x' || header.flag === 'X') {
      local.push(...decodePax(await extras(source, header)));
    } else if (header.flag === 'L') local.push(['path', upToZero(await extras(source, header))]);
    else if (header.flag === 'K') local.push(['linkpath', upToZero(await extras(source, header))]);
    // The label of a volume, which is no file.
    else if (header.flag === 'V') await extras(source, header);
    else return memberOf(header, effectiveRecords(global.records, local), local, source);
  }
}

/** Global headers may come in any number. */
const lastOfEach = (records: readonly PaxRecord[]): PaxRecord[] => [...new Map(records)];

/** Undefined at the end: a block of zeros, or the end of the stream. */
async function nextHeader(source: ByteSource): Promise<DecodedHeader | undefined> {
  const isFirst = source.position === 0;
  const block = await source.take(blockSize);
  if (block.length === 0) return undefined;
  if (isZero(block) && block.length === blockSize) return checkEnd(source);
  if (isFirst && !isHeader(block)) throw new NoTar(otherFormat(block) ?? { what: 'no tar archive' });
  if (block.length < blockSize) throw new RangeError('it ends in the middle of a header');
  return decodeHeader(block);
}

const isZero = (block: Buffer): boolean => block.every((byte) => byte === 0);

/** An archive ends with two blocks of zeros, of which some writers leave out one or both. */
async function checkEnd(source: ByteSource): Promise<undefined> {
  if (isHeader(await source.peek(blockSize)))
    throw new RangeError('a block of zeros, which marks its end, is followed by more entries');
}

async function extras(source: ByteSource, { size }: DecodedHeader): Promise<Buffer> {
  if (size < 0 || size > extrasLimit) throw new RangeError(`a name or PAX record has ${size} bytes`);
  const body = Buffer.from(await source.take(size));
  if (body.length < size) throw new RangeError('it ends in the middle of a PAX record');
  for await (const _piece of source.stream(-size & (blockSize - 1)));
  return body;
}

/** GNU tar's long names end with a zero byte. */
function upToZero(body: Buffer): Buffer {
  const end = body.indexOf(0);
  return end < 0 ? body : body.subarray(0, end);
}

async function memberOf(
  header: DecodedHeader,
  records: Records,
  local: readonly PaxRecord[],
  source: ByteSource,
): Promise<Member> {
  const rawPath = pathOf(header, records);
  const path = cleanPath(rawPath);
  try {
    if (records.has('GNU.volume.filename')) throw new RangeError(continued);
    const type = typeOf(header, rawPath);
    const size = numberRecord(records, 'size', header.size);
    if (size < 0) throw new RangeError(`its size is ${size}`);
    const stored = await storedBytes(header, type, size, records, source);
    const map = type === 'file' ? await sparseMap(header, records, local, stored, source) : undefined;
    const linkname = nameRecord(records, 'linkpath', header.linkname);
    const entry: TarEntry = {
      path,
      type,
      mode: header.mode,
      uid: idOf('uid', numberRecord(records, 'uid', header.uid)),
      gid: idOf('gid', numberRecord(records, 'gid', header.gid)),
      size: type === 'file' ? (map?.size ?? stored) : 0,
      ...timeRecord(records, header.mtime),
      linkname: type === 'hardlink' ? cleanPath(linkname) : type === 'symlink' ? checkedName(linkname) : '',
      devmajor: numberRecord(records, 'SCHILY.devmajor', header.devmajor),
      devminor: numberRecord(records, 'SCHILY.devminor', header.devminor),
      pax: keptRecords(records),
      body: [],
    };
    return { entry, stored: stored - (map?.skipped ?? 0), segments: map?.segments };
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new RangeError(`"${path}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}

/**
 * Sparse files have a name of their own in the header. GNU tar has it in the record `path` too, cut off
 * behind 100 bytes; bsdtar has the real one there, and shortens the other one.
 */
function pathOf(header: DecodedHeader, records: Records): string {
  const path = records.get('path');
  const isReal = path && path.length > 100 && !/(?:^|\/)GNUSparseFile\.\d+\//.test(path.toString('latin1'));
  return nameRecord(records, isReal ? 'path' : 'GNU.sparse.name', nameRecord(records, 'path', header.path));
}

/** Before POSIX, folders were files with a slash at the end of the name; some programs still write both. */
function typeOf({ flag }: DecodedHeader, path: string): TarEntry['type'] {
  if ((flag === '\0' || flag === '0') && path.endsWith('/')) return 'directory';
  const type = typeByFlag[flag];
  if (type) return type;
  const known = unreadable[flag];
  throw new RangeError(known ?? `it has the unknown type ${JSON.stringify(flag)}`);
}

const continued = 'it is continued from another volume of its archive';

const unreadable: Readonly<Record<string, string>> = {
  M: continued,
  N: 'it is a list of long names, as GNU tar wrote them before 1.12',
  A: 'it is an access control list of Solaris',
  E: 'it is an extended attribute of Solaris',
  I: 'it is an inode of star, without data',
};

/**
 * How many bytes of data follow a header. Folders, links and devices have none, whatever their size says,
 * with two exceptions: `D`, and in PAX archives hard links with a copy of the file (pax -o linkdata). Where
 * it is open which of the two a hard link is, the next block shows it.
 */
async function storedBytes(
  { flag, form }: DecodedHeader,
  type: TarEntry['type'],
  size: number,
  records: Records,
  source: ByteSource,
): Promise<number> {
  if (type === 'file' || flag === 'D') return size;
  if (type === 'directory' && flag !== '5') return size;
  if (type !== 'hardlink' || size === 0 || form !== 'ustar') return 0;
  if (records.has('size')) return size;
  const next = await source.peek(blockSize);
  return next.length < blockSize || isZero(next) || isHeader(next) ? 0 : size;
}

function idOf(what: string, id: number): number {
  if (id >= 0) return id;
  throw new RangeError(`its ${what} is ${id}`);
}

/** @throws RangeError for a path that leads out of the folder it is unpacked in */
function cleanPath(path: string): string {
  const parts = checkedName(path)
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw new RangeError(`the path "${path}" leads out of the archive`);
  return parts.join('/');
}

function checkedName(name: string): string {
  if (name.includes('\0')) throw new RangeError('a path holds a zero byte');
  const length = name.length > pathLimit ? name.length : nameLength(name);
  if (length > pathLimit) throw new RangeError(`a path has ${length} bytes`);
  return name;
}
