import { isHostAddress } from '../../../lib/net/ipv4.ts';
import type { Incoming } from './message.ts';
import type { LeaseRoute } from './options.ts';

/** An address lent for a time, and what came with it. Times are milliseconds on the clock of `uptimeMs`. */
export interface Lease {
  readonly address: string;
  readonly prefix: number;
  readonly server: string;
  readonly routes: readonly LeaseRoute[];
  readonly dns: readonly string[];
  readonly domain: string | undefined;
  readonly search: readonly string[];
  readonly hostname: string | undefined;
  readonly mtu: number | undefined;
  /** Infinity for an address given for ever; the three below too. */
  readonly seconds: number;
  readonly renewAt: number;
  readonly rebindAt: number;
  readonly expiresAt: number;
}

const forever = 0xffffffff;
/** A server that lends for less would have us ask without end. */
const leastSeconds = 10;

/**
 * The lease an OFFER or ACK means, counted from when it was asked for (RFC 2131 section 4.4.1), or undefined when
 * no interface could live with it.
 */
export function leaseOf(message: Incoming, askedAt: number): Lease | undefined {
  const { address, server, options } = message;
  const { leaseSeconds } = options;
  if (!isHostAddress(address) || leaseSeconds === undefined) return undefined;
  const seconds = leaseSeconds === forever ? Number.POSITIVE_INFINITY : Math.max(leastSeconds, leaseSeconds);
  const { renewal, rebinding } = timesOf(seconds, options.renewalSeconds, options.rebindingSeconds);
  return {
    address,
    prefix: options.prefix ?? classfulPrefix(address),
    server,
    routes: options.routes ?? routesBy(options.routers[0]),
    dns: options.dns,
    domain: options.domain,
    search: options.search,
    hostname: options.hostname,
    mtu: options.mtu,
    seconds,
    renewAt: askedAt + renewal * 1000,
    rebindAt: askedAt + rebinding * 1000,
    expiresAt: askedAt + seconds * 1000,
  };
}

/** T1 and T2: the server's if they are in order, else half and seven eighths (RFC 2131 section 4.4.5). */
function timesOf(seconds: number, renewal = 0, rebinding = 0): { renewal: number; rebinding: number } {
  if (0 < renewal && renewal < rebinding && rebinding < seconds && seconds !== Number.POSITIVE_INFINITY) {
    return { renewal, rebinding };
  }
  return { renewal: seconds / 2, rebinding: (seconds * 7) / 8 };
}

/** Before there were masks, the first bits of an address told how long its network part is (RFC 791). */
function classfulPrefix(address: string): number {
  const first = Number.parseInt(address, 10);
  if (first < 128) return 8;
  return first < 192 ? 16 : 24;
}

function routesBy(router: string | undefined): LeaseRoute[] {
  return router === undefined ? [] : [{ destination: '0.0.0.0', prefix: 0, gateway: router }];
}
