import type { ImageFile } from '../../build/pieces/image-file.ts';

/** An image file whose bytes are in memory. */
export function inMemory(bytes: Uint8Array): ImageFile {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { size: whole.length, read: async (at, count) => whole.subarray(at, at + count) };
}
