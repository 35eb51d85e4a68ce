/** How often servers have to be asked, as the clock proves steady or not (RFC 5905, section 13.1). */
export interface PollState {
  /** log2 of seconds. */
  readonly poll: number;
  /** Rises with every offset that is small, falls with every large one. */
  readonly count: number;
}

/** An offset is small that is no more than so many jitters (PGATE). */
const gate = 4;
const limit = 30;

/** The next state. @param offset what the clock lacks @param jitter how sure that is; both in seconds */
export function adaptPoll(
  { poll, count }: PollState,
  offset: number,
  jitter: number,
  { minPoll, maxPoll }: { readonly minPoll: number; readonly maxPoll: number },
): PollState {
  if (Math.abs(offset) < gate * jitter) {
    if (count + poll <= limit) return { poll, count: count + poll };
    return { poll: Math.min(maxPoll, poll + 1), count: 0 };
  }
  if (count - 2 * poll >= -limit) return { poll, count: count - 2 * poll };
  return { poll: Math.max(minPoll, poll - 1), count: 0 };
}
