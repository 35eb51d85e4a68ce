import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({
  clock_gettime: { arguments: ['int32', 'pointer'], return: 'int32' },
  adjtimex: { arguments: ['pointer'], return: 'int32' },
});

/** include/uapi/linux/time.h */
const clocks = { realtime: 0, monotonic: 1, boottime: 7 } as const;

/** Nanoseconds of a clock: since 1970 for `realtime`, since the kernel started for the others. */
export function clockNs(clock: keyof typeof clocks): bigint {
  // struct timespec: i64 seconds, i64 nanoseconds
  const time = Buffer.alloc(16);
  check('clock_gettime', libc.clock_gettime(clocks[clock], time));
  return time.readBigInt64LE(0) * 1_000_000_000n + time.readBigInt64LE(8);
}

/** What a call changes: `modes` of struct timex (include/uapi/linux/timex.h). */
export const timexModes = {
  offset: 0x0001,
  frequency: 0x0002,
  maxError: 0x0004,
  estimatedError: 0x0008,
  status: 0x0010,
  timeConstant: 0x0020,
  /** Adds `time` to the clock at once. */
  setOffset: 0x0100,
  /** `offset` and `time` are in nanoseconds. */
  nano: 0x2000,
} as const;

/** Bits of the clock's status (include/uapi/linux/timex.h). */
export const timexStatus = {
  /** The kernel's phase-locked loop takes offsets. */
  pll: 0x0001,
  insertLeapSecond: 0x0010,
  deleteLeapSecond: 0x0020,
  unsynchronised: 0x0040,
  /** Offsets leave the frequency as it is. */
  holdFrequency: 0x0080,
} as const;

/** The members of struct timex that kit uses; see adjtimex(2). */
export interface Timex {
  readonly modes: number;
  /** Of the loop, in nanoseconds with `nano`: at most 500 ms either way. */
  readonly offset: bigint;
  /** Parts per million, in units of 2^-16. */
  readonly frequency: bigint;
  /** Microseconds. */
  readonly maxError: bigint;
  /** Microseconds. */
  readonly estimatedError: bigint;
  readonly status: number;
  /** Of the loop: the power of two by which it is slower than at its quickest; 0 to 10. */
  readonly timeConstant: bigint;
  /** For `setOffset`: nanoseconds. */
  readonly stepNs: bigint;
}

/**
 * adjtimex(2). Reading needs no capability, changing CAP_SYS_TIME in the initial user namespace. struct timex
 * of 64-bit machines, 208 bytes:
 *
 *       0 u32 modes     8 i64 offset    16 i64 freq      24 i64 maxerror   32 i64 esterror
 *      40 i32 status   48 i64 constant  56 i64 precision 64 i64 tolerance
 *      72 i64 time.tv_sec   80 i64 time.tv_usec (nanoseconds with `nano`, never negative)
 *      88 i64 tick     96 PPS, TAI and padding
 *
 * @throws SyscallError
 */
export function adjustClock(change: Partial<Timex> = {}): Timex {
  const struct = encodeTimex(change);
  check('adjtimex', libc.adjtimex(struct));
  return decodeTimex(struct);
}

const nanoseconds = 1_000_000_000n;

/** Exported for tests. */
export function encodeTimex(change: Partial<Timex>): Buffer {
  const { modes = 0, offset = 0n, frequency = 0n, maxError = 0n, estimatedError = 0n } = change;
  const { status = 0, timeConstant = 0n, stepNs = 0n } = change;
  const struct = Buffer.alloc(208);
  struct.writeUInt32LE(modes, 0);
  struct.writeBigInt64LE(offset, 8);
  struct.writeBigInt64LE(frequency, 16);
  struct.writeBigInt64LE(maxError, 24);
  struct.writeBigInt64LE(estimatedError, 32);
  struct.writeInt32LE(status, 40);
  struct.writeBigInt64LE(timeConstant, 48);
  const part = ((stepNs % nanoseconds) + nanoseconds) % nanoseconds;
  struct.writeBigInt64LE((stepNs - part) / nanoseconds, 72);
  struct.writeBigInt64LE(part, 80);
  return struct;
}

/** Exported for tests. */
export function decodeTimex(struct: Buffer): Timex {
  return {
    modes: struct.readUInt32LE(0),
    offset: struct.readBigInt64LE(8),
    frequency: struct.readBigInt64LE(16),
    maxError: struct.readBigInt64LE(24),
    estimatedError: struct.readBigInt64LE(32),
    status: struct.readInt32LE(40),
    timeConstant: struct.readBigInt64LE(48),
    stepNs: struct.readBigInt64LE(72) * nanoseconds + struct.readBigInt64LE(80),
  };
}
