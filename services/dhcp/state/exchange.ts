/** One question to the servers, asked again until somebody answers (RFC 2131 section 4.1). */
export interface Exchange {
  readonly xid: number;
  readonly startedAt: number;
  /** When the question was sent last; a lease counts from here. */
  readonly sentAt: number;
  /** How often it was sent. */
  readonly tries: number;
  /** When it is to be sent (again). */
  readonly nextAt: number;
}

/** Time and chance, passed in so that the state machine stays pure. */
export interface Context {
  /** Milliseconds since boot, sleep included (`uptimeMs`). */
  readonly now: number;
  /** 0 ≤ number < 1 */
  readonly random: () => number;
}

/**
 * The RFC doubles from 4 s to 64 s. Virtual networks lose the first packet while their bridge still learns, so we
 * begin at half a second.
 */
const waits = [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000];
const lastWait = 64_000;
/** RFC 2131 section 4.4.5: no sooner than a minute while the address is still good. */
const leastRenewalWait = 60_000;

/** A new question, to be sent after `delay`. */
export function newExchange({ now, random }: Context, delay = 0): Exchange {
  const xid = Math.floor(random() * 2 ** 32);
  return { xid, startedAt: now, sentAt: now, tries: 0, nextAt: now + delay };
}

/** The question after it was sent: each wait twice the one before, give or take a tenth. */
export function sentAgain(exchange: Exchange, { now, random }: Context): Exchange {
  const wait = (waits[exchange.tries] ?? lastWait) * (0.9 + random() / 5);
  return { ...exchange, sentAt: now, tries: exchange.tries + 1, nextAt: now + wait };
}

/** The question after it was sent while the address is still good until `limit`: half of what is left. */
export function sentUntil(exchange: Exchange, { now }: Context, limit: number): Exchange {
  const wait = Math.max(leastRenewalWait, (limit - now) / 2);
  return { ...exchange, sentAt: now, tries: exchange.tries + 1, nextAt: now + wait };
}
