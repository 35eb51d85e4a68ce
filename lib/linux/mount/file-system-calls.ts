import { closeSync, constants, openSync } from 'node:fs';
import { ioctl } from '../io/ioctl.ts';

/** include/uapi/linux/fs.h: _IOW(0x94, 50, char[256]) */
const FS_IOC_SETFSLABEL = 0x41009432;
const labelBytes = 256;

/** include/uapi/linux/fs.h: _IOWR('X', 121, struct fstrim_range): u64 start, len, minlen. */
const FITRIM = 0xc0185879;

/** include/uapi/linux/fs.h: _IOWR('X', 119, int) and _IOWR('X', 120, int); the argument is not read. */
const FIFREEZE = 0xc0045877;
const FITHAW = 0xc0045878;

/** include/uapi/linux/btrfs.h: _IOW(0x94, 3, struct btrfs_ioctl_vol_args): s64 fd, 4088 bytes of a name. */
const BTRFS_IOC_RESIZE = 0x50009403;
const volumeArguments = { bytes: 4096, name: 8 } as const;

/** Names a mounted ext4, xfs or btrfs. The kernel writes the superblock as a whole. @throws SyscallError */
export function setFileSystemLabel(mountPoint: string, label: string): void {
  const text = Buffer.alloc(labelBytes);
  text.write(label, 0, labelBytes - 1);
  call('FS_IOC_SETFSLABEL', mountPoint, FS_IOC_SETFSLABEL, text);
}

/**
 * Tells the disk of a mounted file system which blocks hold nothing. It may take minutes. Returns the bytes
 * of these blocks; ext4 leaves out what it has reported since it was mounted.
 * @throws SyscallError; with EOPNOTSUPP the disk takes no such hints
 */
export function trimFileSystem(mountPoint: string): number {
  const range = Buffer.alloc(24);
  range.writeBigUInt64LE(0xffff_ffff_ffff_ffffn, 8);
  call('FITRIM', mountPoint, FITRIM, range);
  return Number(range.readBigUInt64LE(8));
}

/**
 * Makes a mounted file system consistent on its disk, and lets every write to it wait until it is thawed.
 * Blocks until all that was written has reached the disk. @param fd open on a folder of it
 * @throws SyscallError; EBUSY: it is frozen already, EOPNOTSUPP: its kind cannot be
 */
export function freezeFileSystem(fd: number, mountPoint: string): void {
  ioctl('FIFREEZE', fd, FIFREEZE, null, mountPoint);
}

/** Ends that. @throws SyscallError; EINVAL: it is not frozen */
export function thawFileSystem(fd: number, mountPoint: string): void {
  ioctl('FITHAW', fd, FITHAW, null, mountPoint);
}

/** Makes a mounted btrfs take all of its first device, which has to have 256 MiB. @throws SyscallError */
export function growBtrfs(mountPoint: string): void {
  const text = Buffer.alloc(volumeArguments.bytes);
  text.write('1:max', volumeArguments.name);
  call('BTRFS_IOC_RESIZE', mountPoint, BTRFS_IOC_RESIZE, text);
}

function call(name: string, mountPoint: string, request: number, argument: Buffer): void {
  const fd = openSync(mountPoint, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    ioctl(name, fd, request, argument, mountPoint);
  } finally {
    closeSync(fd);
  }
}
