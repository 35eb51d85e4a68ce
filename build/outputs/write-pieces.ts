import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import { noSpace } from '../../lib/errors/system.ts';
import { type Piece, pieceBytes } from '../archive/cpio.ts';

const chunkBytes = 1 << 20;

/**
 * Makes a file of pieces, through one buffer of 1 MiB. A file that holds just that already is left alone; a new one is
 * written beside, brought to the disk, and renamed over the old one. Resolves to its length.
 */
export async function writePieces(
  path: string,
  pieces: readonly Piece[],
  signal: AbortSignal,
): Promise<number> {
  const total = pieces.reduce((sum, piece) => sum + pieceBytes(piece), 0);
  if (await holdsAlready(path, pieces, total)) return total;
  await mkdir(dirname(path), { recursive: true });
  await removeDeadParts(path);
  const part = `${path}.${process.pid}.part`;
  try {
    await using file = await open(part, 'w', 0o644);
    await each(pieces, signal, async (bytes) => writeAll(file, bytes));
    await file.sync();
    await rename(part, path);
  } catch (thrown) {
    await rm(part, { force: true });
    throw codeOf(thrown) === 'ENOSPC' ? noSpace(path, thrown) : thrown;
  }
  return total;
}

/** What a kit that was killed had begun to write here. */
async function removeDeadParts(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    const pid = name.startsWith(`${basename(path)}.`) ? /\.(\d+)\.part$/.exec(name)?.[1] : undefined;
    if (pid !== undefined && !existsSync(`/proc/${pid}`))
      await rm(join(dirname(path), name), { force: true });
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<undefined> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

/** Comparing is reading twice from memory; writing is waiting for a disk. */
async function holdsAlready(path: string, pieces: readonly Piece[], total: number): Promise<boolean> {
  const old = await open(path).catch(() => undefined);
  if (!old) return false;
  try {
    if ((await old.stat()).size !== total) return false;
    const there = Buffer.allocUnsafe(chunkBytes);
    let same = true;
    await each(pieces, undefined, async (bytes) => {
      for (let at = 0; at < bytes.length && same; at += chunkBytes) {
        const wanted = bytes.subarray(at, at + chunkBytes);
        same = (await fill(old, there, wanted.length)) && there.subarray(0, wanted.length).equals(wanted);
      }
      return same ? undefined : 'stop';
    });
    return same;
  } finally {
    await old.close();
  }
}

/** Reads exactly `count` bytes from where the file stands; false if it ends before. */
async function fill(file: FileHandle, buffer: Buffer, count: number): Promise<boolean> {
  for (let at = 0; at < count; ) {
    const { bytesRead } = await file.read(buffer, at, count - at);
    if (bytesRead === 0) return false;
    at += bytesRead;
  }
  return true;
}

type Visit = (bytes: Uint8Array) => Promise<'stop' | undefined>;

async function each(pieces: readonly Piece[], signal: AbortSignal | undefined, visit: Visit): Promise<void> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (const piece of pieces) {
    signal?.throwIfAborted();
    const ended =
      'file' in piece ? await eachOfFile(piece.file, piece.bytes, buffer, visit) : await visit(piece);
    if (ended === 'stop') return;
  }
}

async function eachOfFile(
  path: string,
  bytes: number,
  buffer: Buffer,
  visit: Visit,
): Promise<'stop' | undefined> {
  await using file = await openPiece(path);
  for (let left = bytes; left > 0; ) {
    const count = Math.min(left, buffer.length);
    // The header before it has announced its length: a shorter body would shift all that follows.
    if (!(await fill(file, buffer, count))) {
      throw new KitError(`Cannot read "${path}": it is shorter than the ${bytes} bytes it had`);
    }
    if ((await visit(buffer.subarray(0, count))) === 'stop') return 'stop';
    left -= count;
  }
  return undefined;
}

async function openPiece(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (thrown) {
    throw new KitError(`Cannot read "${path}": ${codeOf(thrown) ?? thrown}`, { cause: thrown });
  }
}
