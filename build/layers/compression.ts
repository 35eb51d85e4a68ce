import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Duplex, pipeline } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { isGzip } from '../binary/gzip/magic.ts';

export type Compression = 'gzip' | 'zstd' | 'none';

/** How a file is compressed, by its magic number (RFC 1952, RFC 8878), since media types are sometimes wrong. */
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

/** Which part of a file, and until when: `start` and `end` as createReadStream has them, the end included. */
interface Part {
  readonly signal?: AbortSignal;
  readonly start?: number;
  readonly end?: number;
}

/**
 * What a file holds, unpacked. Whoever has read enough may stop, which closes the file; what goes wrong with
 * it is thrown. A gzip may be padded with zeros. It is iterated, and no part of the reader's own pipeline:
 * its stream ends before the file then, and a pipeline that a function reads is aborted by that.
 */
export function unpacked(path: string, compression: Compression, part: Part = {}): AsyncIterable<Buffer> {
  const source = createReadStream(path, { ...part, highWaterMark: 1 << 18 });
  const unpacker = decompressor(compression);
  if (!unpacker) return source;
  // Whoever reads is told: a pipeline destroys all its streams with the error of any.
  pipeline(source, unpacker, () => {});
  return unpacker;
}

const chunkSize = 1 << 18;

/** Undefined for what is not compressed. */
function decompressor(compression: Compression): Duplex | undefined {
  if (compression === 'gzip') return createGunzip({ chunkSize });
  return compression === 'zstd' ? createZstdDecompress({ chunkSize }) : undefined;
}
