import { drift, type Measurement } from '../protocol/reply.ts';
import { secondsOf } from '../protocol/timestamp.ts';

/** A measurement and when it was made, in seconds of a clock that does not jump. */
export interface Sample {
  readonly at: number;
  readonly measurement: Measurement;
}

/** What the last samples of a server together say. */
export interface Filtered {
  /** The sample that was fastest there and back: the others were delayed on one of the two ways. */
  readonly best: Sample;
  /** Seconds: how wrong it may be, the younger and the more samples the less. */
  readonly dispersion: number;
  /** Seconds: how much the offsets differ. */
  readonly jitter: number;
}

/** Of the register of samples (NSTAGE). */
export const stages = 8;
/** Seconds: what a sample that is missing may hide (MAXDISP). */
const mostDispersion = 16;

/** Adds a sample; only the newest `stages` are kept, newest first. */
export const addSample = (samples: readonly Sample[], sample: Sample): readonly Sample[] =>
  [sample, ...samples].slice(0, stages);

/** The clock filter (RFC 5905, section 10); undefined without samples. */
export function filterSamples(samples: readonly Sample[], now: number): Filtered | undefined {
  const sorted = samples.toSorted((one, other) => one.measurement.delay - other.measurement.delay);
  const [best] = sorted;
  if (best === undefined) return undefined;
  let dispersion = 0;
  for (let stage = 0; stage < stages; stage++)
    dispersion += dispersionOf(sorted[stage], now) / 2 ** (stage + 1);
  const squares = sorted.slice(1).map((sample) => {
    return secondsOf(sample.measurement.offset - best.measurement.offset) ** 2;
  });
  const sum = squares.reduce((all, one) => all + one, 0);
  // With one sample the clocks' precision is all that is known.
  const jitter = Math.max(Math.sqrt(sum / Math.max(1, squares.length)), best.measurement.dispersion);
  return { best, dispersion, jitter };
}

function dispersionOf(sample: Sample | undefined, now: number): number {
  if (sample === undefined) return mostDispersion;
  return Math.min(mostDispersion, sample.measurement.dispersion + drift * (now - sample.at));
}
