import { type FileHandle, open } from 'node:fs/promises';

/** Bytes of an image, wherever they come from. */
export interface ReadBytes {
  /** What there is of these bytes: fewer at the end, none behind it. */
  read(at: number, count: number): Promise<Buffer>;
}

/** Those of a file. */
export interface ImageBytes extends ReadBytes {
  readonly size: number;
}

/** Opens a file to look into; `await using` closes it. */
export async function openImage(path: string): Promise<ImageBytes & AsyncDisposable> {
  const file = await open(path);
  return {
    size: (await file.stat()).size,
    read: (at, count) => readAt(file, at, count),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** The same for bytes in memory. */
export function bytesOf(bytes: Uint8Array): ImageBytes {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { size: whole.length, read: async (at, count) => whole.subarray(at, at + count) };
}

async function readAt(file: FileHandle, at: number, count: number): Promise<Buffer> {
  const buffer = Buffer.alloc(count);
  let length = 0;
  for (let got = 1; got > 0 && length < count; length += got)
    got = (await file.read(buffer, length, count - length, at + length)).bytesRead;
  return buffer.subarray(0, length);
}
