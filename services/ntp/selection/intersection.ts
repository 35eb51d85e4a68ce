import { secondsOf } from '../protocol/timestamp.ts';
import type { Candidate } from './candidate.ts';

/**
 * The candidates whose interval (`offset` ± `distance`) contains a point in which more than half of all
 * agree: the truechimers. The others are falsetickers. Empty if there is no such majority (RFC 5905, section
 * 11.2.1). As in ntpd and chronyd without its rule about midpoints: by that, a server that is unsure would
 * count as wrong.
 */
export function truechimers(candidates: readonly Candidate[]): Candidate[] {
  const [first] = candidates;
  if (!first) return [];
  const intervals = candidates.map((candidate) => {
    const middle = secondsOf(candidate.offset - first.offset);
    const { distance } = candidate;
    return { candidate, low: middle - distance, high: middle + distance };
  });
  const lows = intervals.map(({ low }) => ({ at: low, opens: true }));
  const highs = intervals.map(({ high }) => ({ at: high, opens: false }));
  const edges = [...lows, ...highs].sort((one, other) => one.at - other.at || (one.opens ? -1 : 1));
  const total = candidates.length;
  for (let wrong = 0; 2 * wrong < total; wrong++) {
    const low = edgeOf(edges, total - wrong, true);
    const high = edgeOf(edges.toReversed(), total - wrong, false);
    if (low === undefined || high === undefined || low > high) continue;
    return intervals
      .filter((interval) => interval.low <= high && interval.high >= low)
      .map(({ candidate }) => candidate);
  }
  return [];
}

interface Edge {
  readonly at: number;
  /** The interval's lower end. */
  readonly opens: boolean;
}

/** The first edge at which `wanted` intervals have begun. @param from lower ends, else upper ones */
function edgeOf(edges: readonly Edge[], wanted: number, from: boolean): number | undefined {
  let open = 0;
  for (const { at, opens } of edges) {
    open += opens === from ? 1 : -1;
    if (open >= wanted) return at;
  }
  return undefined;
}
