import { closeSync, openSync, readSync } from 'node:fs';

/** A request that a disk got, in the order of a log. */
export interface LoggedWrite {
  /** All requests before this one are on the disk. */
  readonly flush: boolean;
  /** This one is on the disk when it has ended. */
  readonly durable: boolean;
  readonly at: number;
  readonly bytes: number;
  /** Where its content is in the log; undefined for a request without any, such as a flush. */
  readonly dataAt: number | undefined;
}

/** include/linux/device-mapper's dm-log-writes.c: flags of an entry */
const flags = { flush: 1n, fua: 2n, discard: 4n } as const;
const magic = 0x6a736677736872n;

/**
 * The log of QEMU's blklogwrites, in the form of the kernel's dm-log-writes:
 *
 * ```
 * sector 0   u64 magic | u64 version, 1 | u64 number of entries | u32 bytes of a sector
 * entry      u64 sector | u64 number of sectors | u64 flags | u64 0; padded to a sector, then the content
 * ```
 */
export function readWriteLog(file: string): LoggedWrite[] {
  const fd = openSync(file, 'r');
  try {
    const head = read(fd, 0, 28);
    if (head.readBigUInt64LE(0) !== magic) throw new Error(`"${file}" is no log of writes`);
    const [count, sector] = [Number(head.readBigUInt64LE(16)), head.readUInt32LE(24)];
    const entries: LoggedWrite[] = [];
    let at = sector;
    while (entries.length < count) {
      const entry = read(fd, at, 32);
      const set = entry.readBigUInt64LE(16);
      const bytes = Number(entry.readBigUInt64LE(8)) * sector;
      at += sector;
      const hasData = bytes > 0 && (set & flags.discard) === 0n;
      entries.push({
        flush: (set & flags.flush) !== 0n,
        durable: (set & flags.fua) !== 0n,
        at: Number(entry.readBigUInt64LE(0)) * sector,
        bytes: hasData ? bytes : 0,
        dataAt: hasData ? at : undefined,
      });
      if (hasData) at += bytes;
    }
    return entries;
  } finally {
    closeSync(fd);
  }
}

/** How many requests a log has so far. */
export function loggedCount(file: string): number {
  const fd = openSync(file, 'r');
  try {
    return Number(read(fd, 16, 8).readBigUInt64LE());
  } finally {
    closeSync(fd);
  }
}

function read(fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (readSync(fd, bytes, 0, length, at) !== length) throw new Error('the log of writes ends early');
  return bytes;
}
