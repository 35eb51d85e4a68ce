import { isHostAddress } from '../../../lib/net/ipv4.ts';
import { isLinkLocal, type JudgedOptions, judgeOptions } from './judge.ts';
import type { ServerMessage } from './message.ts';

/** A leased address and its options. Times are milliseconds on the clock of `uptimeMs`. */
export interface Lease extends JudgedOptions {
  readonly address: string;
  readonly server: string;
  /** Infinity for an infinite lease, as in the three fields below. */
  readonly seconds: number;
  readonly renewAt: number;
  readonly rebindAt: number;
  readonly expiresAt: number;
}

/** The lease time that means infinity (RFC 2131 section 3.3). */
const infinite = 0xffffffff;
/** A shorter lease would make the client renew without pause. */
const leastSeconds = 10;

/**
 * The lease of an OFFER or ACK, counted from when its request was sent (RFC 2131 section 4.4.1). Undefined if
 * the address is not one of a host, or is link-local (RFC 3927), or the lease time is missing.
 */
export function leaseOf(message: ServerMessage, askedAt: number): Lease | undefined {
  const { address, server, options } = message;
  const { leaseSeconds } = options;
  if (!isHostAddress(address) || isLinkLocal(address) || leaseSeconds === undefined) return undefined;
  const seconds = leaseSeconds === infinite ? Number.POSITIVE_INFINITY : Math.max(leastSeconds, leaseSeconds);
  const { renewal, rebinding } = timesOf(seconds, options.renewalSeconds, options.rebindingSeconds);
  return {
    address,
    server,
    ...judgeOptions(address, options),
    seconds,
    renewAt: askedAt + renewal * 1000,
    rebindAt: askedAt + rebinding * 1000,
    expiresAt: askedAt + seconds * 1000,
  };
}

/**
 * T1 and T2 of the server if T1 < T2 < lease time, else 1/2 and 7/8 of the lease time (RFC 2131 section
 * 4.4.5).
 */
function timesOf(seconds: number, renewal = 0, rebinding = 0): { renewal: number; rebinding: number } {
  if (0 < renewal && renewal < rebinding && rebinding < seconds && seconds !== Number.POSITIVE_INFINITY) {
    return { renewal, rebinding };
  }
  return { renewal: seconds / 2, rebinding: (seconds * 7) / 8 };
}
