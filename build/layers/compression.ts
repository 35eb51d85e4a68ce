import { open } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';

export type Compression = 'gzip' | 'zstd' | 'none';

/** How a file is compressed, by its first bytes (RFC 1952, RFC 8878): names and media types are now and then wrong. */
export async function compressionOf(path: string): Promise<Compression> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(4);
    await file.read(head, 0, 4, 0);
    if (head.readUInt16BE(0) === 0x1f8b) return 'gzip';
    return head.readUInt32LE(0) === 0xfd2fb528 ? 'zstd' : 'none';
  } finally {
    await file.close();
  }
}

const chunkSize = 1 << 18;

/** Undefined for what is not compressed. */
export function decompressor(compression: Compression): Duplex | undefined {
  if (compression === 'gzip') return createGunzip({ chunkSize });
  return compression === 'zstd' ? createZstdDecompress({ chunkSize }) : undefined;
}
