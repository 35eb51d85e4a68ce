import { apart, type Candidate, mostDistance } from './candidate.ts';

/** As many are kept in any case (NMIN). */
const fewest = 3;

/**
 * Drops the truechimers that add more noise than they take away, one after another; the best comes first (RFC
 * 5905, section 11.2.2).
 */
export function cluster(truechimers: readonly Candidate[]): Candidate[] {
  const survivors = truechimers.toSorted((one, other) => merit(one) - merit(other));
  while (survivors.length > fewest) {
    const jitters = survivors.map((one) => selectionJitter(one, survivors));
    const worst = Math.max(...jitters);
    if (worst <= Math.min(...survivors.map(({ jitter }) => jitter))) break;
    survivors.splice(jitters.indexOf(worst), 1);
  }
  return survivors;
}

/** A lower stratum is better, and with the same stratum a lower distance. */
const merit = ({ stratum, distance }: Candidate): number => stratum * mostDistance + distance;

/** How much a candidate's offset differs from those of the others, in seconds. */
export function selectionJitter(one: Candidate, all: readonly Candidate[]): number {
  const sum = all.reduce((squares, other) => squares + apart(one, other) ** 2, 0);
  return Math.sqrt(sum / Math.max(1, all.length - 1));
}
