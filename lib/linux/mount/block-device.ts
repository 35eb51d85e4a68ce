import { ioctl } from '../io/ioctl.ts';

/** include/uapi/linux/fs.h */
const BLKGETSIZE64 = 0x80081272;
const BLKRRPART = 0x125f;
const BLKSSZGET = 0x1268;

/** Bytes of an open block device, whose size fstat(2) does not tell. @throws SyscallError */
export function blockDeviceBytes(fd: number, path: string): number {
  const size = Buffer.alloc(8);
  ioctl('BLKGETSIZE64', fd, BLKGETSIZE64, size, path);
  return Number(size.readBigUInt64LE());
}

/** Bytes of its logical sectors: 512 or 4096. @throws SyscallError */
export function sectorBytesOf(fd: number, path: string): number {
  const size = Buffer.alloc(4);
  ioctl('BLKSSZGET', fd, BLKSSZGET, size, path);
  return size.readUInt32LE();
}

/**
 * Has the kernel read the partition table of an open disk again, which makes devices of its partitions.
 * @throws SyscallError with EBUSY while one of them is in use
 */
export function rereadPartitions(fd: number, path: string): void {
  ioctl('BLKRRPART', fd, BLKRRPART, null, path);
}
