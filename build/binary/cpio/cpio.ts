import { KitError } from '../../../lib/errors/errors.ts';
import { type Piece, pieceBytes, piecesBytes } from '../../pieces/piece.ts';

/**
 * The "new ASCII" cpio format that the kernel unpacks an initramfs from (Documentation/driver-api/early-userspace/
 * buffer-format.rst):
 *
 *   "070701" ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check
 *   name\0, filled up to a multiple of 4; data, filled up to a multiple of 4
 *
 * Each number is 8 hexadecimal digits; the archive ends with an entry called TRAILER!!!.
 */
export interface CpioEntry {
  /** `layers/index`: no leading `/`. */
  readonly path: string;
  readonly type: keyof typeof typeBits;
  /** Permission bits. */
  readonly mode: number;
  /** A file's content, or a link's target; a file of the disk is copied when the archive is written. */
  readonly body?: Piece;
  readonly device?: { readonly major: number; readonly minor: number };
}

export const typeBits = {
  file: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  char: 0o020000,
  block: 0o060000,
  fifo: 0o010000,
} as const;

/** LinuxKit's first inode number. */
export const firstInode = 721;
/** PATH_MAX: the kernel skips entries with longer names. */
const nameLimit = 4096;
const numberLimit = 0xffffffff;

/** The archive in pieces, the bodies on disk as they are: a whole initrd takes no memory. Owner is root, mtime 0. */
export function cpioPieces(entries: Iterable<CpioEntry>): Piece[] {
  const pieces: Piece[] = [];
  let inode = firstInode;
  for (const entry of entries) {
    pieces.push(...entryPieces(entry, inode));
    inode += 1;
  }
  return [...pieces, trailer(piecesBytes(pieces))];
}

/** What ends an archive of this length: the last entry, and zeros up to a multiple of 512. */
export function trailer(length: number): Buffer {
  const none = { major: 0, minor: 0 };
  const last = header({ path: 'TRAILER!!!', inode: 0, mode: 0, nlink: 1, size: 0, device: none });
  return Buffer.concat([last, Buffer.alloc(-(length + last.length) & 511)]);
}

function entryPieces(entry: CpioEntry, inode: number): Piece[] {
  const { path, type, mode, body = Buffer.alloc(0), device = { major: 0, minor: 0 } } = entry;
  const size = pieceBytes(body);
  const nlink = type === 'directory' ? 2 : 1;
  return [
    entryHeader({ path, inode, mode: typeBits[type] | mode, nlink, size, device }),
    body,
    Buffer.alloc(-size & 3),
  ];
}

interface Header {
  readonly path: string;
  readonly inode: number;
  readonly mode: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly nlink: number;
  readonly mtime?: number;
  readonly size: number;
  readonly device: { readonly major: number; readonly minor: number };
}

/** The header of a file. @throws KitError on what the format or the kernel cannot hold */
export function entryHeader(fields: Header): Buffer {
  const { path, size, uid = 0, gid = 0, device } = fields;
  if (path === '' || path === 'TRAILER!!!' || path.startsWith('/') || path.includes('\0')) {
    throw new KitError(`Cannot put "${path}" into the initrd: no file can be called so`);
  }
  if (Buffer.byteLength(path) >= nameLimit) {
    throw new KitError(
      `Cannot put "${path.slice(0, 60)}…" into the initrd: its path is longer than ${nameLimit - 1} bytes`,
    );
  }
  if (size > numberLimit)
    throw new KitError(`Cannot put "${path}" into the initrd: ${size} bytes are 4 GiB or more`);
  for (const number of [uid, gid, device.major, device.minor]) {
    if (number > numberLimit)
      throw new KitError(`Cannot put "${path}" into the initrd: the number ${number} has more than 32 bits`);
  }
  return header(fields);
}

function header({ path, inode, mode, uid = 0, gid = 0, nlink, mtime = 0, size, device }: Header): Buffer {
  const name = Buffer.from(`${path}\0`);
  const owner = [uid, gid];
  const time = Math.min(mtime, numberLimit);
  const place = [0, 0, device.major, device.minor];
  const numbers = [inode, mode, ...owner, nlink, time, size, ...place, name.length, 0];
  const head = Buffer.from(`070701${numbers.map((number) => number.toString(16).padStart(8, '0')).join('')}`);
  return Buffer.concat([head, name, Buffer.alloc(-(head.length + name.length) & 3)]);
}
