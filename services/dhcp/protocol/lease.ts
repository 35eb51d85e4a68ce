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
  /** What the server left out, and what is taken instead: `no lease time: 3600 s are taken`. */
  readonly assumed: readonly string[];
}

/** The lease time that means infinity (RFC 2131 section 3.3). */
const infinite = 0xffffffff;
/** A shorter lease would make the client renew without pause. */
const leastSeconds = 10;

/** For servers that send no lease time: BusyBox's udhcpc and others take an hour, too. */
const assumedSeconds = 3600;

/** Why the address of an OFFER or ACK cannot be leased; undefined if it can. */
export function addressFault(address: string): string | undefined {
  if (!isHostAddress(address)) return 'not the address of a host';
  // RFC 3927: hosts choose these themselves.
  return isLinkLocal(address) ? 'link-local' : undefined;
}

/**
 * The lease of an OFFER or ACK whose address has no fault, counted from when its request was sent (RFC 2131
 * section 4.4.1).
 */
export function leaseOf({ address, server, namesServer, options }: ServerMessage, askedAt: number): Lease {
  const { leaseSeconds = assumedSeconds } = options;
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
    assumed: [
      ...(namesServer ? [] : [`no server identifier: ${server}, which sent it, is taken`]),
      ...(options.leaseSeconds === undefined ? [`no lease time: ${assumedSeconds} s are taken`] : []),
    ],
  };
}

/** Whether a server left out what others send; such an offer is taken if there is no other. */
export const isIncomplete = ({ namesServer, options }: ServerMessage): boolean =>
  !namesServer || options.leaseSeconds === undefined;

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
