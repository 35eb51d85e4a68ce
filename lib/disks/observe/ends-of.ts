import { open } from 'node:fs/promises';
import type { BlockDevice } from './content.ts';

const endBytes = 1 << 20;

/**
 * The first and the last MiB of a device or file, where file systems, RAID and LVM have their signatures.
 * @throws the system's error if they cannot be read
 */
export async function endsOf({
  path,
  bytes,
}: Pick<BlockDevice, 'path' | 'bytes'>): Promise<readonly [first: Buffer, last: Buffer]> {
  await using file = await open(path, 'r');
  const read = async (at: number): Promise<Buffer> => {
    const length = Math.min(endBytes, bytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
    if (bytesRead < length) throw new Error(`it ends after ${at + bytesRead} of ${bytes} bytes`);
    return buffer;
  };
  return [await read(0), await read(Math.max(0, bytes - endBytes))];
}
