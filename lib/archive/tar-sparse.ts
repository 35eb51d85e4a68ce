import type { ByteSource } from './byte-source.ts';
import { blockSize, type DecodedHeader } from './tar-header.ts';
import { decodeNumber } from './tar-numbers.ts';
import type { PaxRecord } from './tar-pax.ts';
import { numberRecord, type Records } from './tar-records.ts';

/** Data of a sparse file. Before, between and behind its segments there are zeros. */
export interface Segment {
  /** In the file, in bytes. */
  readonly at: number;
  readonly size: number;
}

/** A sparse file: its data is stored without the zeros, in the order of the segments. */
export interface SparseMap {
  /** Of the whole file. */
  readonly size: number;
  readonly segments: readonly Segment[];
  /** Bytes in front of the stored data that belong to the map. */
  readonly skipped: number;
}

/** Of one archive, against maps that take more memory than their archive. */
export const segmentLimit = 1_000_000;

/**
 * The map of a sparse file, in any of the forms of GNU tar ("Storing Sparse Files"), which bsdtar writes too:
 * its own type `S`, and PAX records of versions 0.0, 0.1 and 1.0. Of the latter, the map is read from the
 * source. Undefined for all other files.
 * @param stored bytes in the archive @throws RangeError for a map that does not fit, and for unknown forms
 */
export async function sparseMap(
  header: DecodedHeader,
  records: Records,
  local: readonly PaxRecord[],
  stored: number,
  source: ByteSource,
): Promise<SparseMap | undefined> {
  if (records.has('SCHILY.realsize')) throw new RangeError('it is sparse in the form of star');
  const map = await mapOf(header, records, local, stored, source);
  if (map) checkMap(map, stored);
  return map;
}

async function mapOf(
  header: DecodedHeader,
  records: Records,
  local: readonly PaxRecord[],
  stored: number,
  source: ByteSource,
): Promise<SparseMap | undefined> {
  if (header.flag === 'S') return gnuMap(header, source);
  const size = numberRecord(records, 'GNU.sparse.size', numberRecord(records, 'GNU.sparse.realsize', -1));
  const version = `${records.get('GNU.sparse.major') ?? 0}.${records.get('GNU.sparse.minor') ?? 0}`;
  if (version !== '0.0' && version !== '1.0')
    throw new RangeError(`it is sparse in the unknown version ${JSON.stringify(version)}`);
  if (size < 0) return undefined;
  if (version === '1.0') return storedMap(size, stored, source);
  const listed = records.get('GNU.sparse.map')?.toString('latin1').split(',') ?? pairs(local);
  return { size, segments: segmentsOf(listed.filter((text) => text !== '').map(decimal)), skipped: 0 };
}

/** Version 0.0 repeats a pair of records for each segment. */
const pairs = (local: readonly PaxRecord[]): string[] =>
  local
    .filter(([key]) => key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes')
    .map(([, value]) => value.toString('latin1'));

/**
 * The type `S`: four segments in the header at 386, each an offset and a size of 12 bytes; at 482 whether a
 * block with 21 more follows, which says the same of the next at 504; at 483 the size of the file. star's
 * headers, which have "tar\0" at the end, have other fields there.
 */
async function gnuMap({ block, form }: DecodedHeader, source: ByteSource): Promise<SparseMap> {
  if (form !== 'gnu' || block.toString('latin1', 508, 511) === 'tar')
    throw new RangeError('it is sparse in a form other than that of GNU tar');
  const size = decodeNumber(block.subarray(483, 495), 'size');
  const numbers = pairsIn(block.subarray(386, 482));
  for (let isContinued = block[482] !== 0; isContinued; ) {
    const next = await source.take(blockSize);
    if (next.length < blockSize) throw new RangeError('it ends in a map of a sparse file');
    numbers.push(...pairsIn(next.subarray(0, 504)));
    checkCount(numbers.length / 2);
    isContinued = next[504] !== 0;
  }
  return { size, segments: segmentsOf(numbers), skipped: 0 };
}

function pairsIn(fields: Buffer): number[] {
  const numbers: number[] = [];
  for (let at = 0; at + 24 <= fields.length && fields[at] !== 0; at += 24) {
    numbers.push(decodeNumber(fields.subarray(at, at + 12), 'offset'));
    numbers.push(decodeNumber(fields.subarray(at + 12, at + 24), 'size'));
  }
  return numbers;
}

/**
 * Version 1.0: lines in front of the data, padded to a block: how many segments, then the offset and size of
 * each.
 */
async function storedMap(size: number, stored: number, source: ByteSource): Promise<SparseMap> {
  let text = '';
  let skipped = 0;
  const line = async (): Promise<number> => {
    for (;;) {
      const end = text.indexOf('\n');
      if (end >= 0) {
        const number = decimal(text.slice(0, end));
        text = text.slice(end + 1);
        return number;
      }
      if (text.length > 20 || skipped + blockSize > stored) throw new RangeError('its map is damaged');
      text += (await source.take(blockSize)).toString('latin1');
      skipped += blockSize;
    }
  };
  const count = await line();
  checkCount(count);
  const numbers: number[] = [];
  while (numbers.length < 2 * count) numbers.push(await line());
  return { size, segments: segmentsOf(numbers), skipped };
}

function decimal(text: string): number {
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new RangeError(`its map has the number ${JSON.stringify(text.slice(0, 40))}`);
}

/** Without the empty one that marks the end of a file. */
function segmentsOf(numbers: readonly number[]): Segment[] {
  checkCount(numbers.length / 2);
  const segments: Segment[] = [];
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    const segment = { at: numbers[at] ?? 0, size: numbers[at + 1] ?? 0 };
    if (segment.size > 0) segments.push(segment);
  }
  return segments;
}

function checkCount(segments: number): void {
  if (!Number.isInteger(segments)) throw new RangeError('its map is damaged');
  if (segments > segmentLimit) throw new RangeError(`it has more than ${segmentLimit} parts`);
}

function checkMap({ size, segments, skipped }: SparseMap, stored: number): void {
  let end = 0;
  let sum = 0;
  for (const segment of segments) {
    if (segment.at < end || segment.at + segment.size > size) throw new RangeError('its map does not fit');
    end = segment.at + segment.size;
    sum += segment.size;
  }
  if (sum + skipped !== stored) throw new RangeError('its map does not fit its data');
}

const hole = Buffer.alloc(1 << 18);

/** The bytes of a sparse file. @param data takes so many of the stored ones */
export function* expanded(
  size: number,
  segments: readonly Segment[],
  data: (bytes: number) => Iterable<Buffer>,
): Generator<Buffer> {
  for (const part of partsOf(size, segments)) {
    if (part.isHole) yield* zeros(part.size);
    else yield* data(part.size);
  }
}

/** As `expanded`, of data that arrives. */
export async function* expandedStream(
  size: number,
  segments: readonly Segment[],
  data: (bytes: number) => AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  for (const part of partsOf(size, segments)) {
    if (part.isHole) yield* zeros(part.size);
    else yield* data(part.size);
  }
}

function* partsOf(size: number, segments: readonly Segment[]): Generator<{ size: number; isHole: boolean }> {
  let at = 0;
  for (const segment of segments) {
    yield { size: segment.at - at, isHole: true };
    yield { size: segment.size, isHole: false };
    at = segment.at + segment.size;
  }
  yield { size: size - at, isHole: true };
}

function* zeros(count: number): Generator<Buffer> {
  for (let left = count; left > 0; left -= hole.length) yield hole.subarray(0, left);
}

/** A part of a sparse file, whose stored data begins `skipped` bytes later. */
export function sparsePart(
  segments: readonly Segment[],
  from: number,
  size: number,
): { readonly segments: readonly Segment[]; readonly skipped: number } {
  let skipped = 0;
  const within: Segment[] = [];
  for (const segment of segments) {
    const start = Math.max(segment.at, from);
    const end = Math.min(segment.at + segment.size, from + size);
    if (end > start) within.push({ at: start - from, size: end - start });
    if (segment.at < from) skipped += Math.min(segment.at + segment.size, from) - segment.at;
  }
  return { segments: within, skipped };
}
