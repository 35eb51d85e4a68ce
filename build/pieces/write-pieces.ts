import { existsSync } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../../lib/errors/errors.ts';
import { noSpace } from '../../lib/errors/system.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { type Piece, piecesBytes } from './piece.ts';
import { chunkBytes, fill, type Pieces, readBytes, readPieces } from './read-pieces.ts';

/**
 * Writes a file of these pieces, through one buffer of 1 MiB; holes take no space on the disk. Content that
 * has to be made, such as compressed pieces, comes from a function, which is called once or twice. A file
 * that already has this content is kept; otherwise a new one is written beside it, synced, and renamed over
 * it. Resolves to the file's length.
 */
export async function writePieces(
  path: string,
  content: readonly Piece[] | (() => Pieces),
  signal: AbortSignal,
): Promise<number> {
  const pieces = typeof content === 'function' ? content : () => content;
  const total = typeof content === 'function' ? undefined : piecesBytes(content);
  const length = await lengthIfSame(path, pieces, total, signal);
  if (length !== undefined) return length;
  makeFolder(dirname(path));
  await removeDeadParts(path);
  const part = `${path}.${process.pid}.part`;
  try {
    await using file = await open(part, 'w', 0o644);
    const bytes = await writeAll(file, pieces(), signal);
    await file.sync();
    await rename(part, path);
    return bytes;
  } catch (thrown) {
    await rm(part, { force: true });
    throw codeOf(thrown) === 'ENOSPC' ? noSpace(path, thrown) : thrown;
  }
}

/** Removes partial files of kit processes that were killed. */
async function removeDeadParts(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    const pid = name.startsWith(`${basename(path)}.`) ? /\.(\d+)\.part$/.exec(name)?.[1] : undefined;
    if (pid !== undefined && !existsSync(`/proc/${pid}`))
      await rm(join(dirname(path), name), { force: true });
  }
}

async function writeAll(file: FileHandle, pieces: Pieces, signal: AbortSignal): Promise<number> {
  let at = 0;
  for await (const chunk of readPieces(pieces, signal)) {
    if ('hole' in chunk) at += chunk.hole;
    else for (const end = at + chunk.length; at < end; ) at += await writeSome(file, chunk, at, end);
  }
  // A hole at the end exists only once the file has its full length.
  await file.truncate(at);
  return at;
}

async function writeSome(file: FileHandle, chunk: Uint8Array, at: number, end: number): Promise<number> {
  return (await file.write(chunk, chunk.length - (end - at), end - at, at)).bytesWritten;
}

/**
 * The file's length if it has this content, else undefined. Comparing is faster than a write that is synced.
 */
async function lengthIfSame(
  path: string,
  pieces: () => Pieces,
  total: number | undefined,
  signal: AbortSignal,
): Promise<number | undefined> {
  const old = await open(path).catch(() => undefined);
  if (!old) return undefined;
  try {
    const { size } = await old.stat();
    if (total !== undefined && size !== total) return undefined;
    const there = Buffer.allocUnsafe(chunkBytes);
    let at = 0;
    for await (const bytes of readBytes(pieces(), signal)) {
      for (let done = 0; done < bytes.length; done += chunkBytes) {
        const wanted = bytes.subarray(done, done + chunkBytes);
        if (!(await fill(old, there, wanted.length, at))) return undefined;
        if (!there.subarray(0, wanted.length).equals(wanted)) return undefined;
        at += wanted.length;
      }
    }
    return at === size ? at : undefined;
  } finally {
    await old.close();
  }
}
