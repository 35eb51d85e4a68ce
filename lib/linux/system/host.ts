import { readFileSync } from 'node:fs';
import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({
  sethostname: { arguments: ['pointer', 'uint64'], return: 'int32' },
  prlimit: { arguments: ['int32', 'int32', 'pointer', 'pointer'], return: 'int32' },
  clock_gettime: { arguments: ['int32', 'pointer'], return: 'int32' },
  clock_settime: { arguments: ['int32', 'pointer'], return: 'int32' },
});

/** include/uapi/linux/time.h */
const CLOCK_REALTIME = 0;
const CLOCK_BOOTTIME = 7;

/** include/uapi/asm-generic/resource.h */
const resources = { CORE: 4, NPROC: 6, NOFILE: 7 } as const;
const RLIM_INFINITY = 2n ** 64n - 1n;

/** Milliseconds since the kernel started, including suspend; with fractions. */
export function uptimeMs(): number {
  // struct timespec: i64 seconds, i64 nanoseconds
  const time = Buffer.alloc(16);
  check('clock_gettime', libc.clock_gettime(CLOCK_BOOTTIME, time));
  return Number(time.readBigInt64LE(0)) * 1000 + Number(time.readBigInt64LE(8)) / 1e6;
}

/**
 * A new id at each boot (random(4)). The launcher of `kit run container` mounts a file there, so that each
 * container has its own. Empty where there is none.
 */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** Sets the wall clock, in milliseconds since the epoch. */
export function setWallClock(timeMs: number): void {
  const time = Buffer.alloc(16);
  time.writeBigInt64LE(BigInt(Math.floor(timeMs / 1000)), 0);
  time.writeBigInt64LE(BigInt(Math.floor((timeMs % 1000) * 1e6)), 8);
  check('clock_settime', libc.clock_settime(CLOCK_REALTIME, time));
}

/** sethostname(2), for this UTS namespace. */
export function setHostname(name: string): void {
  const bytes = Buffer.from(name);
  check('sethostname', libc.sethostname(bytes, BigInt(bytes.length)), name);
}

/** Sets the soft and hard limit of this process, which its later children inherit (prlimit(2)). */
export function setLimit(resource: keyof typeof resources, limit: number | 'unlimited'): void {
  // struct rlimit64: u64 soft, u64 hard
  const value = limit === 'unlimited' ? RLIM_INFINITY : BigInt(limit);
  const pair = Buffer.alloc(16);
  pair.writeBigUInt64LE(value, 0);
  pair.writeBigUInt64LE(value, 8);
  check('prlimit', libc.prlimit(0, resources[resource], pair, null), resource);
}
