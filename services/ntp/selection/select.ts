import { fixedSeconds } from '../protocol/timestamp.ts';
import { apart, type Candidate, mostDistance } from './candidate.ts';
import { cluster, selectionJitter } from './cluster.ts';
import { truechimers } from './intersection.ts';

/** What all servers together say about the clock. */
export interface Consensus {
  /** What the local clock lacks, in units of 2^-32 s. */
  readonly offset: bigint;
  /** Seconds. */
  readonly jitter: number;
  /** The server that is followed. */
  readonly best: Candidate;
  /** Names of those that count, the best first. */
  readonly survivors: readonly string[];
  /** Names of those whose time is wrong. */
  readonly falsetickers: readonly string[];
  /** 1 or 2 if more than half of those that count announce a leap second. */
  readonly leap: number;
}

export type Selection =
  | { readonly kind: 'consensus'; readonly consensus: Consensus }
  /** No server is near enough to be sure of; at the start none has answered often enough. */
  | { readonly kind: 'none' }
  /** No majority. */
  | { readonly kind: 'disagree'; readonly names: readonly string[] };

/**
 * Selects among servers, and combines what the best of them say (RFC 5905, section 11.2). @param leader the
 * server that is followed now: of equals it stays
 */
export function selectServers(all: readonly Candidate[], leader?: string): Selection {
  const candidates = all.filter(({ distance }) => distance < mostDistance);
  if (candidates.length === 0) return { kind: 'none' };
  const right = truechimers(candidates);
  if (right.length === 0) return { kind: 'disagree', names: candidates.map(({ name }) => name) };
  const survivors = cluster(right);
  const best = chooseLeader(survivors, leader);
  const names = survivors.map(({ name }) => name);
  return {
    kind: 'consensus',
    consensus: {
      ...combine(best, survivors),
      best,
      survivors: names,
      falsetickers: candidates.filter((one) => !right.includes(one)).map(({ name }) => name),
      leap: majorityLeap(survivors),
    },
  };
}

function chooseLeader(survivors: readonly Candidate[], leader: string | undefined): Candidate {
  const [first] = survivors;
  if (!first) throw new RangeError('Cannot choose a server: there is none');
  const now = survivors.find(({ name }) => name === leader);
  return now && now.stratum <= first.stratum ? now : first;
}

/** The mean of the offsets, in which a server counts the more the nearer it is (RFC 5905, section 11.2.3). */
function combine(best: Candidate, survivors: readonly Candidate[]): { offset: bigint; jitter: number } {
  const weights = survivors.map(({ distance }) => 1 / distance);
  const total = weights.reduce((all, one) => all + one, 0);
  const mean = survivors.reduce((sum, one, at) => sum + (weights[at] ?? 0) * apart(one, best), 0) / total;
  const jitter = Math.hypot(best.jitter, selectionJitter(best, survivors));
  // The sum of differences, so that a large offset keeps its last bits.
  return { offset: best.offset + fixedSeconds(mean), jitter };
}

function majorityLeap(survivors: readonly Candidate[]): number {
  for (const leap of [1, 2])
    if (2 * survivors.filter((one) => one.leap === leap).length > survivors.length) return leap;
  return 0;
}
