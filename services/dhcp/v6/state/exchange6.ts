import type { StepContext } from '../../state/exchange.ts';

/** A message to the servers, sent again until one replies (RFC 8415 section 15). Milliseconds since boot. */
export interface Exchange6 {
  readonly xid: number;
  readonly startedAt: number;
  readonly tries: number;
  /** The last pause. */
  readonly pause: number;
  readonly nextAt: number;
}

/** RFC 8415 section 7.6, in milliseconds: the first pause, the longest, and how many tries; Infinity: any. */
export const timing = {
  solicit: { first: 1000, most: 3_600_000, tries: Number.POSITIVE_INFINITY },
  request: { first: 1000, most: 30_000, tries: 10 },
  renew: { first: 10_000, most: 600_000, tries: Number.POSITIVE_INFINITY },
  rebind: { first: 10_000, most: 600_000, tries: Number.POSITIVE_INFINITY },
  /** Also a REBIND that verifies the network. */
  confirm: { first: 1000, most: 4000, tries: 5 },
  /** The RFC has four tries: a machine that ends waits no longer than two seconds. */
  release: { first: 1000, most: 1000, tries: 2 },
  'information-request': { first: 1000, most: 3_600_000, tries: Number.POSITIVE_INFINITY },
} as const;
export type Timing = (typeof timing)[keyof typeof timing];

export function newExchange6({ now, random }: StepContext): Exchange6 {
  return { xid: Math.floor(random() * 2 ** 24), startedAt: now, tries: 0, pause: 0, nextAt: now };
}

/** The exchange after sending: doubles the pause, ± 10 %. */
export function sent6(exchange: Exchange6, { first, most }: Timing, { now, random }: StepContext): Exchange6 {
  const jitter = (base: number): number => base * (0.9 + random() / 5);
  // The first pause of a SOLICIT is at least its value, so that offers are compared for so long.
  const next = exchange.tries === 0 ? first * (1 + random() / 10) : exchange.pause + jitter(exchange.pause);
  const pause = next > most ? jitter(most) : next;
  return { ...exchange, tries: exchange.tries + 1, pause, nextAt: now + pause };
}
