import type { Filtered } from '../association/filter.ts';
import { drift } from '../protocol/reply.ts';
import { secondsOf } from '../protocol/timestamp.ts';

/** A server whose time may be right, as of now. */
export interface Candidate {
  /** For people. */
  readonly name: string;
  /** What the local clock lacks, in units of 2^-32 s. */
  readonly offset: bigint;
  /** Seconds: the true offset is within this of `offset`, if the server and those above it are right. */
  readonly distance: number;
  /** Seconds. */
  readonly jitter: number;
  readonly stratum: number;
  readonly leap: number;
  /** When its best sample was made. */
  readonly at: number;
  /** Seconds: of the best sample and all the way to the reference. */
  readonly delay: number;
  readonly dispersion: number;
}

/** Seconds: a server whose time may be more wrong than this is none to follow (MAXDIST). */
export const mostDistance = 1.5;

/** The candidate of a server's samples. */
export function candidateOf(name: string, { best, dispersion, jitter }: Filtered, now: number): Candidate {
  const { measurement, at } = best;
  const delay = measurement.rootDelay + measurement.delay;
  const root = measurement.rootDispersion + dispersion + drift * (now - at);
  return {
    ...{ name, offset: measurement.offset, jitter, at },
    ...{ stratum: measurement.stratum, leap: measurement.leap },
    // RFC 5905, section 11.1: the delay may all have been on one of the two ways.
    distance: Math.max(delay / 2, 0.005) + root + jitter,
    delay,
    dispersion: root,
  };
}

/** `one.offset - other.offset` in seconds. */
export const apart = (one: Candidate, other: Candidate): number => secondsOf(one.offset - other.offset);
