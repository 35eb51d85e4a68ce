import { open } from 'node:fs/promises';
import { KitError, reasonOf } from '../../errors/errors.ts';
import { blockDeviceBytes, sectorBytesOf } from '../../linux/mount/block-device.ts';
import type { BlockDevice, Content } from '../observe/content.ts';
import { endsOf } from '../observe/ends-of.ts';
import { probe } from '../observe/probe.ts';
import type { RunProgram } from '../run-program.ts';

/**
 * What a device or file holds. @throws KitError if it cannot be read: it is then not taken for an empty one
 */
export async function contentOf(
  path: string,
  run: RunProgram,
): Promise<Exclude<Content, { kind: 'unreadable' }>> {
  const { content } = await probe(await readable(path, placeOf), run);
  if (content.kind === 'unreadable') throw unreadable(path, content.why);
  return content;
}

/** Whether the first and the last MiB have nothing but zeros. @throws KitError if they cannot be read */
export const isBlank = async (path: string): Promise<boolean> => (await bothEnds(path)).every(isZero);

/** Whether the first MiB has nothing but zeros, where no partition lies. @throws KitError */
export const startsBlank = async (path: string): Promise<boolean> => isZero((await bothEnds(path))[0]);

const bothEnds = (path: string): ReturnType<typeof endsOf> =>
  readable(path, async () => endsOf(await placeOf(path)));

const isZero = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0);

async function placeOf(path: string): Promise<Pick<BlockDevice, 'path' | 'bytes' | 'sectorBytes'>> {
  await using file = await open(path, 'r');
  const stats = await file.stat();
  if (!stats.isBlockDevice()) return { path, bytes: stats.size, sectorBytes: 512 };
  return { path, bytes: blockDeviceBytes(file.fd, path), sectorBytes: sectorBytesOf(file.fd, path) };
}

async function readable<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
  try {
    return await read(path);
  } catch (thrown) {
    throw unreadable(path, reasonOf(thrown), thrown);
  }
}

const unreadable = (path: string, why: string, cause?: unknown): KitError =>
  new KitError(`Cannot read "${path}": ${why}`, {
    hint: 'a disk that cannot be read is not taken for an empty one',
    cause,
  });
