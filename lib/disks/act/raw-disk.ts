import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../../errors/errors.ts';
import { rereadPartitions } from '../../linux/mount/block-device.ts';

const { O_EXCL, O_RDWR } = constants;

/** Bytes, and where on the disk they go. */
export interface DiskWrite {
  readonly at: number;
  readonly bytes: Buffer;
}

/**
 * A disk for reading and writing. With O_EXCL the kernel refuses one that is mounted or held by another
 * device.
 */
export const openDisk = (path: string): Promise<FileHandle> => open(path, O_RDWR | O_EXCL);

/**
 * Writes groups one after another; each is on the disk, past its cache, before the next one begins. So after
 * a power cut a group is there as a whole only if all before it are.
 */
export async function writeInOrder(
  file: FileHandle,
  groups: readonly (readonly DiskWrite[])[],
): Promise<void> {
  for (const group of groups) {
    for (const { at, bytes } of group) await file.write(bytes, 0, bytes.length, at);
    await file.sync();
  }
}

/** Everything that has been written to a device is on the disk when this resolves. */
export async function flushDevice(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  await file.sync();
}

const patience = { attempts: 50, ms: 100 } as const;

/**
 * Makes the kernel read the partition table again; somebody who looks at the disk may keep it busy for a
 * moment.
 */
export async function rereadTable(file: FileHandle, path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return rereadPartitions(file.fd, path);
    } catch (thrown) {
      if (codeOf(thrown) !== 'EBUSY' || attempt >= patience.attempts) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, patience.ms));
    }
  }
}
