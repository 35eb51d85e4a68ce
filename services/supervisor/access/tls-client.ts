import { isIPv6 } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Peer } from './peer.ts';
import { type Role, roleNames } from './roles.ts';

/** The client of a TLS connection whose certificate was accepted: it has its name (CN) and its role (OU). */
export function peerOfCertificate(socket: TLSSocket): Peer {
  const { subject, serialNumber, fingerprint256 } = socket.getPeerCertificate();
  const name = String([subject?.CN ?? ''].flat()[0]).slice(0, 80);
  const { remoteAddress: address, remotePort: port } = socket;
  return {
    name: `${clientAt(address)} with the certificate of ${JSON.stringify(name)}`,
    role: roleOf(subject?.OU),
    key: `certificate ${fingerprint256}`,
    identity: { transport: 'tls', certificate: name, serial: serialNumber, address, port },
  };
}

/** `a client at 192.0.2.1` */
export function clientAt(address: string | undefined): string {
  return `a client at ${address ?? 'an unknown address'}`;
}

/** The highest role that one of the OUs names; read if none does. */
export function roleOf(units: string | readonly string[] | undefined): Role {
  const named = [units ?? []].flat();
  return roleNames.findLast((role) => named.includes(role)) ?? 'read';
}

/**
 * What counts as one source of connections: an IPv4 address, or the /64 of an IPv6 address, as one host has
 * all addresses of it.
 */
export function sourceOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return address;
  const [before = '', after] = plain.split('::');
  const [head, tail] = [before, after ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const zeros = after === undefined ? 0 : 8 - (head?.length ?? 0) - (tail?.length ?? 0);
  const groups = [...(head ?? []), ...Array.from({ length: zeros }, () => '0'), ...(tail ?? [])];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
