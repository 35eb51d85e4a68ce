/**
 * One message to the servers, retransmitted until one replies (RFC 2131 section 4.1). Times in ms since boot.
 */
export interface Exchange {
  readonly xid: number;
  readonly startedAt: number;
  /** Time of the last transmission; the lease time counts from it. */
  readonly sentAt: number;
  /** Number of transmissions. */
  readonly tries: number;
  /** Time of the next transmission. */
  readonly nextAt: number;
  /** Whether a reply came that could not be taken. */
  readonly turnedDown: boolean;
}

/** Clock and random numbers, passed in to keep the state machine pure. */
export interface StepContext {
  /** Milliseconds since boot, sleep included (`uptimeMs`). */
  readonly now: number;
  /** 0 ≤ number < 1 */
  readonly random: () => number;
}

/**
 * The RFC doubles from 4 s to 64 s. This starts at 0.5 s: virtual networks lose the first packet while their
 * bridge still learns.
 */
const waits = [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000];
const lastWait = 64_000;
/** RFC 2131 section 4.4.5: at least 60 s between retransmissions when renewing or rebinding. */
const leastRenewalWait = 60_000;

/** A new exchange, to be sent after `delay` ms. */
export function newExchange({ now, random }: StepContext, delay = 0): Exchange {
  const xid = Math.floor(random() * 2 ** 32);
  return { xid, startedAt: now, sentAt: now, tries: 0, nextAt: now + delay, turnedDown: false };
}

/** The exchange after sending: doubles the wait, ± 10 %. */
export function sentWithBackoff(exchange: Exchange, { now, random }: StepContext): Exchange {
  const wait = (waits[exchange.tries] ?? lastWait) * (0.9 + random() / 5);
  return { ...exchange, sentAt: now, tries: exchange.tries + 1, nextAt: now + wait };
}

/** The exchange after sending while the address is valid: waits half of the time left until `limit`. */
export function sentUntil(exchange: Exchange, { now }: StepContext, limit: number): Exchange {
  const wait = Math.max(leastRenewalWait, (limit - now) / 2);
  return { ...exchange, sentAt: now, tries: exchange.tries + 1, nextAt: now + wait };
}
