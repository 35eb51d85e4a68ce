import { nameBytes, nameLength } from '../../../lib/archive/file-names.ts';
import { KitError } from '../../../lib/errors/errors.ts';

/**
 * The "new ASCII" cpio format that the kernel unpacks an initramfs from
 * (Documentation/driver-api/early-userspace/buffer-format.rst):
 *
 *   "070701" ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check
 *   name\0, padded to a multiple of 4; data, padded to a multiple of 4
 *
 * Each number is 8 hexadecimal digits. The archive ends with an entry named TRAILER!!!.
 */
export interface CpioHeader {
  readonly path: string;
  readonly inode: number;
  /** Type and permission bits, as in stat(2). */
  readonly mode: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly nlink: number;
  readonly mtime?: number;
  /** Bytes of the data. */
  readonly size: number;
  readonly device: Device;
}

/** Of a char or block device; 0 and 0 for everything else. */
export interface Device {
  readonly major: number;
  readonly minor: number;
}

export const noDevice: Device = { major: 0, minor: 0 };

/** LinuxKit's first inode number. */
export const firstInode = 721;

/** Bytes of a header, without the name. */
export const headerBytes = 110;
export const trailerName = 'TRAILER!!!';
/** PATH_MAX, with its zero: the kernel skips entries with longer names. */
export const nameLimit = 4096;
const numberLimit = 0xffffffff;

/** Whether a file begins with a cpio archive of the newc format, with checksums (070702) or without. */
export const isCpio = (head: Buffer): boolean => /^07070[12]$/.test(head.toString('latin1', 0, 6));

/** The header and the name of an entry. @throws KitError on what the format or the kernel cannot hold */
export function entryHeader(header: CpioHeader): Buffer {
  const { path, size, uid = 0, gid = 0, device } = header;
  if (path === '' || path === trailerName || path.startsWith('/') || path.includes('\0')) {
    throw new KitError(`Cannot put "${path}" into the initrd: the name is not valid in a cpio archive`);
  }
  if (nameLength(path) >= nameLimit) {
    throw new KitError(
      `Cannot put "${path.slice(0, 60)}…" into the initrd: its path is longer than ${nameLimit - 1} bytes`,
    );
  }
  if (size > numberLimit)
    throw new KitError(`Cannot put "${path}" into the initrd: ${size} bytes exceed the limit of 4 GiB`);
  for (const number of [uid, gid, device.major, device.minor]) {
    if (number > numberLimit)
      throw new KitError(`Cannot put "${path}" into the initrd: the number ${number} has more than 32 bits`);
  }
  return encode(header);
}

/** The end of an archive of this length: the trailer, and zeros up to a multiple of 512. */
export function trailer(length: number): Buffer {
  const last = encode({ path: trailerName, inode: 0, mode: 0, nlink: 1, size: 0, device: noDevice });
  return Buffer.concat([last, Buffer.alloc(-(length + last.length) & 511)]);
}

function encode({ path, inode, mode, uid = 0, gid = 0, nlink, mtime = 0, size, device }: CpioHeader): Buffer {
  const name = nameBytes(`${path}\0`);
  const owner = [uid, gid];
  // The kernel reads it as an unsigned number.
  const time = Math.min(Math.max(0, mtime), numberLimit);
  const devices = [0, 0, device.major, device.minor];
  const numbers = [inode, mode, ...owner, nlink, time, size, ...devices, name.length, 0];
  const head = Buffer.from(`070701${numbers.map((number) => number.toString(16).padStart(8, '0')).join('')}`);
  return Buffer.concat([head, name, Buffer.alloc(-(head.length + name.length) & 3)]);
}
