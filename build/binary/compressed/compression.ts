import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';
import { otherFormat } from '../../../lib/archive/other-formats.ts';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { bzip2Decompressed } from '../bzip2/bzip2.ts';
import { xzDecompressed } from '../xz/xz.ts';
import { type Bound, bounded } from './bound.ts';

/** Those that kit decompresses. */
const compressions = ['gzip', 'zstd', 'xz', 'bzip2'] as const;

export type Compression = (typeof compressions)[number] | 'none';

/** Damaged data, or data that was made with options that are not supported; its reason is for people. */
export class CannotDecompress extends Error {}

/**
 * The compression of a file, by its magic number: media types and names are sometimes wrong. `none` also for
 * those that kit does not decompress, which the reader of what should be in it names.
 */
export async function compressionOf(path: string): Promise<Compression> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(16);
    await file.read(head, 0, head.length, 0);
    const format = otherFormat(head);
    return compressions.find((one) => format?.what === `compressed by ${one}`) ?? 'none';
  } finally {
    await file.close();
  }
}

/** A range of a file, `start` and `end` as createReadStream takes them, with the end included. */
interface Part {
  readonly signal?: AbortSignal;
  readonly start?: number;
  readonly end?: number;
}

/**
 * The decompressed bytes of a file, up to a bound, since whatever is unpacked comes from somebody else. A
 * reader that stops early closes the file; errors of the file are thrown. gzip members and zstd frames may be
 * padded with zeros after the last one, as tar archives on tapes are; any other byte there is an error, since
 * it would be covered by the blob's digest but belong to no content. Not for use as a stream of the reader's
 * own pipeline: padding ends it before the file ends, and a pipeline is aborted by that.
 */
export async function* unpacked(
  path: string,
  compression: Compression,
  bound: Bound,
  part: Part = {},
): AsyncGenerator<Buffer> {
  yield* bounded(decompressed(path, compression, part), bound);
}

async function* decompressed(path: string, compression: Compression, part: Part): AsyncGenerator<Buffer> {
  const source = createReadStream(path, { ...part, highWaterMark: chunkSize });
  if (compression === 'none') return yield* source;
  try {
    if (compression === 'xz') yield* xzDecompressed(source);
    else if (compression === 'bzip2') yield* bzip2Decompressed(source);
    else yield* zlibDecompressed(source, compression, path, part);
  } catch (thrown) {
    // Errors of the file have the code of a system call, those of zlib and zstd others.
    if (part.signal?.aborted || /^E(?!RR_)/.test(codeOf(thrown) ?? '')) throw thrown;
    throw new CannotDecompress(reasonOf(thrown), { cause: thrown });
  }
}

async function* zlibDecompressed(
  source: ReadStream,
  compression: 'gzip' | 'zstd',
  path: string,
  part: Part,
): AsyncGenerator<Buffer> {
  const decompressor: Gunzip | ZstdDecompress =
    compression === 'gzip' ? createGunzip({ chunkSize }) : createZstdDecompress({ chunkSize });
  // Errors reach the reader: a pipeline destroys all its streams with the error of any.
  pipeline(source, decompressor, () => {});
  yield* decompressor;
  await checkPadding(path, { ...part, start: (part.start ?? 0) + decompressor.bytesWritten });
}

const chunkSize = 1 << 18;

/**
 * Node's decompressors stop at a zero byte (gzip) or at anything other than a frame (zstd), and ignore the
 * rest.
 */
async function checkPadding(path: string, rest: Part): Promise<void> {
  // createReadStream refuses a start after the end.
  if (rest.end !== undefined && (rest.start ?? 0) > rest.end) return;
  const zeros = Buffer.alloc(chunkSize);
  for await (const piece of createReadStream(path, { ...rest, highWaterMark: chunkSize })) {
    if (zeros.subarray(0, piece.length).equals(piece)) continue;
    throw new Error('the compressed data is followed by bytes that are not padding');
  }
}
