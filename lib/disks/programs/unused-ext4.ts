import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Whether a device has an ext2, 3 or 4 file system that was never mounted: it holds nothing yet.
 *
 * ```
 * superblock at 1024: 44 u32 s_mtime, last mount | 52 u16 s_mnt_count | 56 u16 s_magic, ef53 |
 *   136 char s_last_mounted[64]
 * ```
 *
 * (fs/ext4/ext4.h)
 */
export function isUnusedExt4(device: string): boolean {
  const block = Buffer.alloc(1024);
  const fd = openSync(device, 'r');
  try {
    if (readSync(fd, block, 0, 1024, 1024) < 1024) return false;
  } finally {
    closeSync(fd);
  }
  const wasMounted = block.readUInt32LE(44) !== 0 || block.readUInt16LE(52) !== 0 || block[136] !== 0;
  return block.readUInt16LE(56) === 0xef53 && !wasMounted;
}
