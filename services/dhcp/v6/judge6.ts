import { isIPv6 } from 'node:net';
import { ipAddress } from '../../../lib/net/ip.ts';

/** Why a host cannot have an address that a server leases; undefined if it can. */
export function addressFault6(address: string): string | undefined {
  const { bytes } = ipAddress(address);
  const [first = 0, second = 0] = bytes;
  if (first === 0xff) return 'multicast';
  if (first === 0xfe && (second & 0xc0) === 0x80) return 'link-local';
  // ::/8: unspecified, loopback, and IPv4 in disguise.
  return first === 0 ? 'not the address of a host' : undefined;
}

/** Resolvers may be link-local. */
export function resolverFault(address: string): string | undefined {
  const fault = addressFault6(address);
  return fault === 'link-local' ? undefined : fault;
}

/** A server of time may be named. */
export const serverFault = (server: string): string | undefined =>
  isIPv6(server) ? resolverFault(server) : undefined;

/** Why a delegated prefix cannot be used: a /64 of it must fit, and nobody has more than a /16. */
export function prefixFault6(prefix: string, length: number): string | undefined {
  if (length > 64) return 'longer than /64';
  return length < 16 ? 'wider than /16' : addressFault6(prefix);
}
