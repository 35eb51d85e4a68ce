import { isHostAddress } from '../../../lib/net/ipv4.ts';
import type { LeaseRoute, Options } from './options.ts';

/** The options of a lease that count. */
export interface JudgedOptions {
  readonly prefix: number;
  readonly routes: readonly LeaseRoute[];
  readonly dns: readonly string[];
  readonly ntp: readonly string[];
  readonly domains: readonly string[];
  readonly search: readonly string[];
  readonly hostname: string | undefined;
  readonly mtu: number | undefined;
  /** What does not count: `route 0.0.0.0/1: wider than /8`; at most `mostNamed`, and faults of options. */
  readonly ignored: readonly string[];
}

/** Every IPv4 host accepts packets of 576 bytes (RFC 791); a smaller MTU is a mistake or an attack. */
const leastMtu = 576;
/** Class A, 10.0.0.0/8: no network is larger. */
const leastPrefix = 8;
const mostRoutes = 64;
const mostNamed = 8;

/**
 * Leaves out what no honest server sends: any host of the network can answer as one, and its options decide
 * where packets go. Routes and resolvers are checked one by one.
 */
export function judgeOptions(address: string, options: Options): JudgedOptions {
  const ignored: string[] = [...options.faults];
  const most = ignored.length + mostNamed;
  const judged = <T>(value: T, text: string, why: string | undefined): T[] => {
    if (why === undefined) return [value];
    if (ignored.length < most) ignored.push(`${text}: ${why}`);
    return [];
  };
  const optional = <T extends string | number>(
    what: string,
    value: T | undefined,
    fault: (value: T) => string | undefined,
  ): T | undefined => (value === undefined ? undefined : judged(value, `${what}${value}`, fault(value))[0]);
  const prefix = optional('netmask /', options.prefix, prefixFault) ?? classfulPrefix(address);
  const [router] = options.routers.flatMap((each) =>
    judged(each, `router ${each}`, hostFault(each, address)),
  );
  const given = (options.routes ?? defaultRoute(router)).slice(0, mostRoutes);
  return {
    prefix,
    routes: given.flatMap((route) =>
      judged(route, `route ${route.destination}/${route.prefix}`, routeFault(route, address)),
    ),
    dns: options.dns.flatMap((each) => judged(each, `resolver ${each}`, hostFault(each, address))),
    ntp: options.ntp.flatMap((each) => judged(each, `NTP server ${each}`, hostFault(each, address))),
    domains: options.domains.flatMap((each) => judged(each, `domain ${each}`, nameFault(each))),
    search: options.search.flatMap((each) => judged(each, `search domain ${each}`, nameFault(each))),
    hostname: optional('host name ', options.hostname, nameFault),
    mtu: optional('MTU ', options.mtu, (mtu) => (mtu < leastMtu ? `less than ${leastMtu}` : undefined)),
    ignored,
  };
}

const prefixFault = (prefix: number): string | undefined =>
  prefix < leastPrefix ? `wider than /${leastPrefix}` : undefined;

function hostFault(host: string, own: string): string | undefined {
  if (!isHostAddress(host)) return 'not the address of a host';
  return host === own ? 'the leased address itself' : undefined;
}

function routeFault({ destination, prefix, gateway }: LeaseRoute, own: string): string | undefined {
  const onLink = gateway === '0.0.0.0';
  if (!onLink && hostFault(gateway, own) !== undefined) return `its gateway ${gateway} is not another host`;
  // The default route, of which two halves would take precedence.
  if (prefix === 0) return onLink ? 'without a gateway' : undefined;
  if (prefix < leastPrefix) return prefixFault(prefix);
  if (!isHostAddress(destination)) return 'not a network of hosts';
  // Metadata services of clouds are there, and trusted with passwords.
  return isLinkLocal(destination) ? 'link-local addresses are not routed' : undefined;
}

/** A machine called localhost, or with that domain, would look itself up. */
const nameFault = (name: string): string | undefined =>
  /(?:^|\.)localhost$/i.test(name) ? 'reserved for the machine itself' : undefined;

/** 169.254.0.0/16 (RFC 3927). */
export const isLinkLocal = (address: string): boolean => address.startsWith('169.254.');

/** Without a usable subnet mask, the class of the address gives its prefix length (RFC 791). */
function classfulPrefix(address: string): number {
  const first = Number.parseInt(address, 10);
  if (first < 128) return 8;
  return first < 192 ? 16 : 24;
}

function defaultRoute(router: string | undefined): LeaseRoute[] {
  return router === undefined ? [] : [{ destination: '0.0.0.0', prefix: 0, gateway: router }];
}
