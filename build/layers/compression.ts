import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Duplex, pipeline } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { isGzip } from '../binary/gzip/magic.ts';

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
 * The decompressed content of a file. A consumer that stops early closes the file; errors of the file are
 * thrown. A gzip file may be padded with zeros. The result must be iterated, not piped: at such padding the
 * decompressor ends before the file does, which would abort the consumer's own pipeline.
 */
export function unpacked(path: string, compression: Compression, part: Part = {}): AsyncIterable<Buffer> {
  const source = createReadStream(path, { ...part, highWaterMark: 1 << 18 });
  const unpacker = decompressor(compression);
  if (!unpacker) return source;
  // No callback needed: a pipeline destroys its last stream with the error, and the consumer gets it.
  pipeline(source, unpacker, () => {});
  return unpacker;
}

const chunkSize = 1 << 18;

/** Undefined for what is not compressed. */
function decompressor(compression: Compression): Duplex | undefined {
  if (compression === 'gzip') return createGunzip({ chunkSize });
  return compression === 'zstd' ? createZstdDecompress({ chunkSize }) : undefined;
}
