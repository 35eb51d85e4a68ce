import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import type { FilePiece, HolePiece, Piece } from './piece.ts';

/** The most that is read at once. */
export const chunkBytes = 1 << 20;

/** Pieces in their order: all of them, or one at a time as they are made. */
export type Pieces = Iterable<Piece> | AsyncIterable<Piece>;

/**
 * The bytes of the pieces, and holes as they are. Files go through one buffer of 1 MiB: a chunk is valid
 * until the next one is requested. @throws KitError for a file that is gone or shorter than its piece
 */
export async function* readPieces(
  pieces: Pieces,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array | HolePiece> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    if ('file' in piece) yield* readFilePiece(piece, buffer);
    else yield piece;
  }
}

/** Like `readPieces`, with zeros for holes. */
export async function* readBytes(pieces: Pieces, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of readPieces(pieces, signal)) {
    if (!('hole' in chunk)) yield chunk;
    else for (let left = chunk.hole; left > 0; left -= chunkBytes) yield zeros.subarray(0, left);
  }
}

/** The content of holes. */
const zeros = Buffer.alloc(chunkBytes);

/** All bytes in memory: for small content. */
export async function readAll(pieces: Pieces): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readBytes(pieces)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** The sha256 of the bytes, 32 bytes long. */
export async function hashPieces(pieces: Pieces, signal?: AbortSignal): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of readBytes(pieces, signal)) hash.update(chunk);
  return hash.digest();
}

async function* readFilePiece(
  { file: path, bytes, offset = 0 }: FilePiece,
  buffer: Buffer,
): AsyncGenerator<Uint8Array> {
  await using file = await openPiece(path);
  for (let done = 0; done < bytes; ) {
    const count = Math.min(bytes - done, buffer.length);
    // Headers before it may have its length: a shorter body would shift all that follows.
    if (!(await fill(file, buffer, count, offset + done))) {
      throw new KitError(`Cannot read "${path}": it is shorter than the ${offset + bytes} bytes it had`);
    }
    yield buffer.subarray(0, count);
    done += count;
  }
}

/** Reads exactly `count` bytes from `position`; false if the file ends before. */
export async function fill(
  file: FileHandle,
  buffer: Buffer,
  count: number,
  position: number,
): Promise<boolean> {
  for (let at = 0; at < count; ) {
    const { bytesRead } = await file.read(buffer, at, count - at, position + at);
    if (bytesRead === 0) return false;
    at += bytesRead;
  }
  return true;
}

async function openPiece(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (thrown) {
    throw new KitError(`Cannot read "${path}": ${codeOf(thrown) ?? thrown}`, { cause: thrown });
  }
}
