/**
 * Times of NTP are fixed-point numbers: seconds and 32 bits of a second (RFC 5905, section 6). A timestamp
 * has 64 bits, counts from 1900 and begins again every 136 years (an era; the next begins in 2036). It is a
 * bigint here, and so is a difference, which has a sign. Both are exact; local clocks count nanoseconds since
 * 1970.
 */

/** Seconds from 1900 to 1970. */
const unixEpoch = 2_208_988_800n;
const nanoseconds = 1_000_000_000n;
const half = nanoseconds / 2n;

/** Of a time of the local clock, in nanoseconds since 1970. */
export const timestampOf = (ns: bigint): bigint => BigInt.asUintN(64, fixedOf(ns) + (unixEpoch << 32n));

/**
 * The time of a timestamp, in nanoseconds since 1970: of all the eras the one that brings it nearest to
 * `near`, which may be wrong by 68 years.
 */
export const timeOf = (timestamp: bigint, near: bigint): bigint =>
  near + nanosecondsOf(difference(timestamp, timestampOf(near)));

/** `later - earlier` of two timestamps that are less than 68 years apart, of whichever eras. */
export const difference = (later: bigint, earlier: bigint): bigint => BigInt.asIntN(64, later - earlier);

/** A difference in nanoseconds, rounded. */
export const nanosecondsOf = (fixed: bigint): bigint => (fixed * nanoseconds + 0x8000_0000n) >> 32n;

/** Nanoseconds as a difference, rounded. */
export const fixedOf = (ns: bigint): bigint => floorDivide((ns << 32n) + half, nanoseconds);

/** A difference in seconds, for statistics. */
export const secondsOf = (fixed: bigint): number => Number(fixed) / 2 ** 32;

/** Seconds as a difference. */
export const fixedSeconds = (seconds: number): bigint => BigInt(Math.round(seconds * 2 ** 32));

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend < 0n && quotient * divisor !== dividend ? quotient - 1n : quotient;
}
