import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { RandomAccess } from '../../../lib/volumes/random-access.ts';

/** RFC 8878, 3.1.1: the magic number of a frame, in the order of the file. */
const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Level 19: what it is for is compressed once for each version of its content. */
export function zstdFrame(bytes: Uint8Array): Buffer {
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 19 } });
}

export const isZstdFrame = (head: Buffer): boolean => head.subarray(0, 4).equals(magic);

export interface ZstdFrame {
  /** Length of the frame in the file. */
  readonly bytes: number;
  readonly content: Buffer;
}

/**
 * The frame at a position, which other data may follow. Undefined if it is damaged, cut off, or longer than
 * `most` bytes, compressed or not.
 */
export async function readZstdFrame(
  source: RandomAccess,
  at: number,
  most: number,
): Promise<ZstdFrame | undefined> {
  const bytes = await frameLength(source, at, most);
  if (bytes === undefined) return undefined;
  const frame = await source.read(at, bytes);
  try {
    return { bytes, content: zstdDecompressSync(frame, { maxOutputLength: most }) };
  } catch {
    return undefined;
  }
}

/** By the headers of the frame and of its blocks (3.1.1.1 and 3.1.1.2). */
async function frameLength(source: RandomAccess, at: number, most: number): Promise<number | undefined> {
  const head = await source.read(at, 5);
  const [descriptor] = head.subarray(4);
  if (!isZstdFrame(head) || descriptor === undefined) return undefined;
  const hasOneSegment = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const contentSize = [hasOneSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  let length = 5 + (hasOneSegment ? 0 : 1) + dictionary + contentSize;
  for (let isLast = false; !isLast; ) {
    const block = await source.read(at + length, 3);
    if (block.length < 3) return undefined;
    const header = block.readUIntLE(0, 3);
    isLast = (header & 1) === 1;
    // A block of type 1 is one byte that is repeated.
    length += 3 + (((header >> 1) & 3) === 1 ? 1 : header >> 3);
    if (length > most) return undefined;
  }
  return length + ((descriptor & 4) === 0 ? 0 : 4);
}
