import type { LeasedAddress, LeasedPrefix, ServerMessage6 } from './message6.ts';

/** Settings without a lease, of a REPLY to an INFORMATION-REQUEST. */
export interface Settings6 {
  readonly dns: readonly string[];
  readonly search: readonly string[];
  readonly ntp: readonly string[];
}

/** What a server has leased. Times are milliseconds on the clock of `uptimeMs`. */
export interface Lease6 extends Settings6 {
  readonly server: Buffer;
  readonly addresses: readonly LeasedAddress[];
  readonly prefixes: readonly LeasedPrefix[];
  readonly receivedAt: number;
  readonly renewAt: number;
  readonly rebindAt: number;
  readonly expiresAt: number;
  readonly ignored: readonly string[];
}

/** A shorter time would make the client renew without pause. */
const leastSeconds = 10;

/**
 * The lease of a REPLY; undefined if it has neither address nor prefix. T1 and T2 are the earliest of the two
 * associations, and 0.5 and 0.8 of the shortest preferred lifetime where the server leaves them to the client
 * (RFC 8415 section 14.2).
 */
export function lease6Of(reply: ServerMessage6, now: number): Lease6 | undefined {
  const addresses = (reply.addresses?.leased ?? []).filter(({ valid }) => valid > 0);
  const prefixes = (reply.prefixes?.leased ?? []).filter(({ valid }) => valid > 0);
  const all = [...addresses, ...prefixes];
  if (all.length === 0) return undefined;
  const shortest = Math.min(...all.map(({ preferred, valid }) => preferred || valid));
  const longest = Math.max(...all.map(({ valid }) => valid));
  const given = [reply.addresses, reply.prefixes].filter((one) => one && one.leased.length > 0);
  const times = given.map((one) => timesOf(one?.renewal ?? 0, one?.rebinding ?? 0, shortest));
  const at = (seconds: readonly number[]): number =>
    now + Math.max(leastSeconds, Math.min(...seconds)) * 1000;
  return {
    server: reply.server,
    addresses,
    prefixes,
    receivedAt: now,
    renewAt: at(times.map(({ renewal }) => renewal)),
    rebindAt: at(times.map(({ rebinding }) => rebinding)),
    expiresAt: now + Math.max(leastSeconds, longest) * 1000,
    ...{ dns: reply.dns, search: reply.search, ntp: reply.ntp, ignored: reply.faults },
  };
}

const infinite = 0xffffffff;

function timesOf(
  renewal: number,
  rebinding: number,
  shortest: number,
): { renewal: number; rebinding: number } {
  const wrong = renewal > rebinding && rebinding > 0;
  const orElse = (given: number, part: number): number => {
    if (given === infinite) return Number.POSITIVE_INFINITY;
    return given === 0 || wrong ? shortest * part : given;
  };
  return { renewal: orElse(renewal, 0.5), rebinding: orElse(rebinding, 0.8) };
}
