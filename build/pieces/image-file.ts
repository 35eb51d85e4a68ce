import { type FileHandle, open } from 'node:fs/promises';
import type { RandomAccess } from '../../lib/volumes/random-access.ts';

/** A file whose contents are examined. */
export interface ImageFile extends RandomAccess {
  /** In bytes. */
  readonly size: number;
}

/** `await using` closes it. */
export async function openImage(path: string): Promise<ImageFile & AsyncDisposable> {
  const file = await open(path);
  return {
    size: (await file.stat()).size,
    read: (at, count) => readAt(file, at, count),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

async function readAt(file: FileHandle, at: number, count: number): Promise<Buffer> {
  const buffer = Buffer.alloc(count);
  let length = 0;
  for (let got = 1; got > 0 && length < count; length += got)
    got = (await file.read(buffer, length, count - length, at + length)).bytesRead;
  return buffer.subarray(0, length);
}
