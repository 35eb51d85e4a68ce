import { closeSync, constants, openSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { thawFileSystem } from '../../../lib/linux/mount/file-system-calls.ts';
import { listMounts } from '../../../lib/linux/mount/mountinfo.ts';
import { diskMounts } from './disk-mounts.ts';
import { inThread } from './disk-thread.ts';
import type { DiskKernel } from './machine-disks.ts';

/** @param root where the machine's root is in this container */
export const diskKernel = (root: string): DiskKernel => ({
  mounts: () => diskMounts(listMounts(), root),
  open: (path) => openSync(path, constants.O_RDONLY | constants.O_DIRECTORY),
  close: closeSync,
  freeze: (fd, path) => inThread({ call: 'freeze', fd, path }),
  thaw: thawFileSystem,
  trim: (path) => inThread({ call: 'trim', fd: -1, path }),
  space: async (path) => {
    const { bsize, blocks, bfree } = await statfs(path, { bigint: true });
    return { usedBytes: (blocks - bfree) * bsize, totalBytes: blocks * bsize };
  },
});
