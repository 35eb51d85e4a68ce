import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib';
import { isGzip } from '../gzip/magic.ts';
import { type Bound, bounded } from './bound.ts';

export type Compression = 'gzip' | 'zstd' | 'none';

/** The compression of a file, by its magic number (RFC 1952, RFC 8878): media types are sometimes wrong. */
export async function compressionOf(path: string): Promise<Compression> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(4);
    await file.read(head, 0, 4, 0);
    if (isGzip(head)) return 'gzip';
    return head.readUInt32LE(0) === 0xfd2fb528 ? 'zstd' : 'none';
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
  const decompressor = newDecompressor(compression);
  if (!decompressor) return yield* source;
  // Errors reach the reader: a pipeline destroys all its streams with the error of any.
  pipeline(source, decompressor, () => {});
  yield* decompressor;
  await checkPadding(path, { ...part, start: (part.start ?? 0) + decompressor.bytesWritten });
}

const chunkSize = 1 << 18;

function newDecompressor(compression: Compression): Gunzip | ZstdDecompress | undefined {
  if (compression === 'gzip') return createGunzip({ chunkSize });
  return compression === 'zstd' ? createZstdDecompress({ chunkSize }) : undefined;
}

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
    const message = 'the compressed data is followed by bytes that are not padding';
    throw Object.assign(new Error(message), { code: 'Z_DATA_ERROR' });
  }
}
