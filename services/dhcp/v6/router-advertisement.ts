/**
 * Router advertisements (RFC 4861 section 4.2) with DNS options (RFC 8106), as far as the kernel does not
 * handle them itself.
 *
 *     u8 hop limit | u8 flags (0x80 managed, 0x40 other) | u16 lifetime | u32 | u32    then options:
 *     u8 type | u8 length in 8 bytes | …     25, 31: u16 reserved | u32 lifetime | addresses or domains
 */

import { ipText } from '../../../lib/net/ip.ts';
import { decodeIcmp6 } from '../../../lib/net/packet-icmp6.ts';
import { readDomainSearch } from '../protocol/domain-search.ts';
import { resolverFault } from './judge6.ts';

export interface RouterAdvertisement {
  /** `fe80::1` */
  readonly router: string;
  /** Addresses are had from DHCPv6 (M). */
  readonly managed: boolean;
  /** Other settings are had from DHCPv6 (O). */
  readonly other: boolean;
  /** What counts for how many seconds; 0 ends it, and Infinity is for ever. */
  readonly dns: readonly Timed[];
  readonly search: readonly Timed[];
}

export interface Timed {
  readonly value: string;
  readonly seconds: number;
}

const ROUTER_ADVERTISEMENT = 134;
const option = { rdnss: 25, dnssl: 31 } as const;
const optionsStart = 12;
const infinite = 0xffffffff;
const mostOptions = 64;
const mostValues = 8;

/** The advertisement in an IPv6 packet; undefined for any other packet. Never throws. */
export function readRouterAdvertisement(packet: Buffer): RouterAdvertisement | undefined {
  const icmp = decodeIcmp6(packet);
  if (icmp?.type !== ROUTER_ADVERTISEMENT || icmp.code !== 0 || icmp.body.length < optionsStart)
    return undefined;
  if (!isLinkLocal(icmp.source)) return undefined;
  const flags = icmp.body.readUInt8(1);
  const dns: Timed[] = [];
  const search: Timed[] = [];
  let options = 0;
  for (let at = optionsStart; at + 8 <= icmp.body.length && options < mostOptions; options++) {
    const size = icmp.body.readUInt8(at + 1) * 8;
    // RFC 4861 section 6.1.2: one option of length 0 makes all of it invalid.
    if (size === 0 || at + size > icmp.body.length) return undefined;
    const bytes = icmp.body.subarray(at, at + size);
    if (bytes[0] === option.rdnss) dns.push(...readServers(bytes));
    if (bytes[0] === option.dnssl) search.push(...readDomains(bytes));
    at += size;
  }
  return {
    router: icmp.source,
    managed: (flags & 0x80) !== 0,
    other: (flags & 0x40) !== 0,
    dns: dns.slice(0, mostValues),
    search: search.slice(0, mostValues),
  };
}

/** fe80::/10 */
const isLinkLocal = (address: string): boolean => /^fe[89ab]/.test(address);

function readServers(bytes: Buffer): Timed[] {
  const seconds = secondsOf(bytes);
  const values: Timed[] = [];
  for (let at = 8; at + 16 <= bytes.length; at += 16) {
    const value = ipText(bytes.subarray(at, at + 16));
    if (resolverFault(value) === undefined) values.push({ value, seconds });
  }
  return values;
}

/** Domains are padded with zeros to 8 bytes; a name of no label is padding. */
function readDomains(bytes: Buffer): Timed[] {
  let end = bytes.length;
  while (end > 8 && bytes[end - 1] === 0) end--;
  const { domains } = readDomainSearch(bytes.subarray(8, Math.min(bytes.length, end + 1)));
  return domains.map((value) => ({ value, seconds: secondsOf(bytes) }));
}

function secondsOf(bytes: Buffer): number {
  const seconds = bytes.readUInt32BE(4);
  return seconds === infinite ? Number.POSITIVE_INFINITY : seconds;
}
