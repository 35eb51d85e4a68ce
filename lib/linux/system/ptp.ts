import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SyscallError } from '../ffi.ts';
import { ioctl } from '../io/ioctl.ts';

/**
 * Clocks of devices, in the kernel's class `ptp` (Documentation/driver-api/ptp.rst): of hypervisors, and of
 * network cards. `struct ptp_clock_time` of include/uapi/linux/ptp_clock.h has 16 bytes: i64 seconds | u32
 * nanoseconds | 4 unused.
 */
const timeBytes = 16;

/** A clock's time, and the system's before and after it was read; nanoseconds since 1970. */
export interface PtpReading {
  readonly before: bigint;
  readonly device: bigint;
  readonly after: bigint;
}

export interface PtpClock {
  /** What its driver calls it: `KVM virtual PTP`. */
  readonly name: string;
  /** `/dev/ptp0` */
  readonly path: string;
}

/** The clocks of this machine, as sysfs has them; none where the kernel has none. */
export function listPtpClocks(folder = '/sys/class/ptp'): PtpClock[] {
  return namesIn(folder).flatMap((entry) => {
    try {
      const name = readFileSync(join(folder, entry, 'clock_name'), 'utf8').trim();
      return [{ name, path: `/dev/${entry}` }];
    } catch {
      // Removed meanwhile.
      return [];
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^ptp\d+$/.test(name))
      .sort();
  } catch {
    return [];
  }
}

/** Readings of a call that asks for several. */
const samples = 10;

/**
 * The ways to read such a clock beside the system's, the best first; not every driver knows all. Requests and
 * structs are those of x86-64 and arm64.
 */
const ways = [
  /** Both at the same moment: `device | realtime | raw monotonic`, and 16 unused bytes. */
  {
    name: 'PTP_SYS_OFFSET_PRECISE',
    request: 0xc0403d08,
    struct: () => Buffer.alloc(64),
    read: (struct: Buffer): PtpReading[] => {
      const [device = 0n, system = 0n] = timesAt(struct, 0, 2);
      return [{ before: system, device, after: system }];
    },
  },
  /** u32 count | 12 unused | 25 times `system | device | system` */
  {
    name: 'PTP_SYS_OFFSET_EXTENDED',
    request: 0xc4c03d09,
    struct: () => counted(16 + 75 * timeBytes),
    read: (struct: Buffer): PtpReading[] => readingsOf(timesAt(struct, 16, 3 * samples), 3),
  },
  /** u32 count | 12 unused | `system | device | system | device … system`, 51 at most */
  {
    name: 'PTP_SYS_OFFSET',
    request: 0x43403d05,
    struct: () => counted(16 + 51 * timeBytes),
    read: (struct: Buffer): PtpReading[] => readingsOf(timesAt(struct, 16, 2 * samples + 1), 2),
  },
] as const;

/** Index of the way that a device is known to have: some log an error at each attempt of another. */
const known = new Map<string, number>();

/**
 * Reads a clock several times, if its driver can. Needs no capability. @throws SyscallError, or the error of
 * open(2)
 */
export function readPtpClock(path: string): PtpReading[] {
  const fd = openSync(path, 'r');
  try {
    return readBy(fd, path, known.get(path) ?? 0);
  } catch (error) {
    known.delete(path);
    throw error;
  } finally {
    closeSync(fd);
  }
}

function readBy(fd: number, path: string, at: number): PtpReading[] {
  const { name, request, struct, read } = ways[at] ?? ways[2];
  const bytes = struct();
  try {
    ioctl(name, fd, request, bytes, path);
  } catch (error) {
    // Also of a driver that has it, and not with the machine's clock source of the moment (ENODEV).
    if (!(error instanceof SyscallError) || at >= ways.length - 1) throw error;
    return readBy(fd, path, at + 1);
  }
  known.set(path, at);
  return read(bytes);
}

function counted(size: number): Buffer {
  const struct = Buffer.alloc(size);
  struct.writeUInt32LE(samples);
  return struct;
}

function timesAt(struct: Buffer, start: number, count: number): bigint[] {
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * timeBytes;
    return struct.readBigInt64LE(at) * 1_000_000_000n + BigInt(struct.readUInt32LE(at + 8));
  });
}

/** @param step how many times later the next reading begins: 3, or 2 where they share a time of the system */
function readingsOf(times: readonly bigint[], step: 2 | 3): PtpReading[] {
  return Array.from({ length: samples }, (_, index) => {
    const [before = 0n, device = 0n, after = 0n] = times.slice(index * step);
    return { before, device, after };
  });
}

/** Exported for tests: what the ways make of a struct. */
export const ptpWays: readonly { readonly name: string; readonly read: (struct: Buffer) => PtpReading[] }[] =
  ways;
