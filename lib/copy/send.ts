import type { BigIntStats, Stats } from 'node:fs';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, readlink, stat, statfs } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { nameOfBytes, pathOnDisk } from '../archive/file-names.ts';
import { type TarEntry, tarEntry } from '../archive/tar.ts';
import { KitError } from '../errors/errors.ts';
import { fileError } from './file-error.ts';

/** include/uapi/linux/magic.h: file systems whose files have no length; not copied with a folder. */
const pseudo = new Set([0x9fa0, 0x62656572, 0x63677270, 0x27e0eb, 0x64626720, 0x74726163, 0x73636673]);
/** The largest such file that is copied when it is named itself: it is read into memory. */
const unsizedLimit = 16 << 20;
const chunkBytes = 256 << 10;

/**
 * A file or folder, with all that is below it, as entries of an archive in the order of names. The first
 * entry is named after the last part of `path`; its name is empty if the path ends with `/.`, which means the
 * contents of the folder. Sockets, FIFOs and devices are left out, and below a folder also pseudo file
 * systems such as /proc.
 * @param follow whether a symbolic link at the end of the path is followed
 * @throws KitError to follow a colon: `cannot read "/x": it does not exist`
 */
export async function* sendTree(path: string, follow: boolean): AsyncGenerator<TarEntry> {
  const stats = await statsOf(path, follow || path.endsWith('/') || path.endsWith('/.'));
  const name = sentName(path);
  if (name === '' && !stats.isDirectory()) throw new KitError(`cannot read "${path}": it is not a folder`);
  yield* entriesOf(path, name, stats);
}

/** The name of the first entry: the last part of the path, or empty for the contents of a folder. */
export const sentName = (path: string): string => (meansContents(path) ? '' : basename(resolve(path)));

/** Whether a path means the contents of a folder, not the folder: `/.` of docker cp. */
export const meansContents = (path: string): boolean =>
  path === '.' || path.endsWith('/.') || resolve(path) === '/';

async function statsOf(path: string, follow: boolean): Promise<Stats> {
  try {
    return await (follow ? stat(pathOnDisk(path)) : lstat(pathOnDisk(path)));
  } catch (thrown) {
    throw fileError('read', path, thrown);
  }
}

async function* entriesOf(path: string, name: string, stats: Stats): AsyncGenerator<TarEntry> {
  const common = { path: name, mode: stats.mode & 0o7777, mtime: secondsOf(stats) };
  if (stats.isFile()) yield* fileEntry(path, common);
  else if (stats.isSymbolicLink())
    yield tarEntry({ ...common, type: 'symlink', linkname: await target(path) });
  else if (stats.isDirectory()) {
    yield tarEntry({ ...common, type: 'directory' });
    yield* entriesBelow(path, name, stats);
  }
}

async function* entriesBelow(folder: string, name: string, { dev }: Stats): AsyncGenerator<TarEntry> {
  for (const child of (await namesIn(folder)).sort()) {
    const path = join(folder, child);
    const stats = await lstat(pathOnDisk(path)).catch(() => undefined);
    // No stats: the file was deleted meanwhile.
    if (!stats || (stats.dev !== dev && (await isPseudo(path)))) continue;
    yield* entriesOf(path, name === '' ? child : `${name}/${child}`, stats);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(pathOnDisk(folder), { encoding: 'buffer' })).map(nameOfBytes);
  } catch (thrown) {
    throw fileError('read', folder, thrown);
  }
}

async function target(path: string): Promise<string> {
  try {
    return nameOfBytes(await readlink(pathOnDisk(path), { encoding: 'buffer' }));
  } catch (thrown) {
    throw fileError('read', path, thrown);
  }
}

type Common = Pick<TarEntry, 'path' | 'mode' | 'mtime'>;

/** Opens with O_NONBLOCK and checks the type again: the path may have become a FIFO or a device meanwhile. */
async function* fileEntry(path: string, common: Common): AsyncGenerator<TarEntry> {
  let file: FileHandle;
  try {
    file = await open(pathOnDisk(path), constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (thrown) {
    throw fileError('read', path, thrown);
  }
  try {
    const { size, ...stats } = await file.stat();
    if (!isFile(stats)) return;
    if (size > 0 && !(await isPseudo(path)))
      return yield tarEntry({ ...common, size, body: piecesOf(file, path, size) });
    const bytes = await readUnsized(file, path);
    yield tarEntry({ ...common, size: bytes.length, body: [bytes] });
  } finally {
    await file.close();
  }
}

const isFile = ({ mode }: Pick<Stats | BigIntStats, 'mode'>): boolean =>
  (Number(mode) & constants.S_IFMT) === constants.S_IFREG;

/** As many bytes as the entry's size: bytes appended meanwhile are left out. */
async function* piecesOf(file: FileHandle, path: string, size: number): AsyncGenerator<Buffer> {
  for (let left = size; left > 0; ) {
    const { buffer, bytesRead } = await read(file, path, Math.min(left, chunkBytes));
    if (bytesRead === 0) throw new KitError(`cannot read "${path}": it became shorter meanwhile`);
    left -= bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function readUnsized(file: FileHandle, path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let held = 0; held <= unsizedLimit; ) {
    const { buffer, bytesRead } = await read(file, path, chunkBytes);
    if (bytesRead === 0) return Buffer.concat(pieces);
    pieces.push(buffer.subarray(0, bytesRead));
    held += bytesRead;
  }
  throw new KitError(`cannot read "${path}": it has no length, and more than ${unsizedLimit >> 20} MiB`);
}

async function read(
  file: FileHandle,
  path: string,
  bytes: number,
): Promise<{ buffer: Buffer; bytesRead: number }> {
  try {
    return await file.read(Buffer.allocUnsafe(bytes), 0, bytes, null);
  } catch (thrown) {
    throw fileError('read', path, thrown);
  }
}

const isPseudo = async (path: string): Promise<boolean> =>
  pseudo.has((await statfs(pathOnDisk(path)).catch(() => undefined))?.type ?? 0);

const secondsOf = ({ mtimeMs }: Stats): number => Math.floor(mtimeMs / 1000);
