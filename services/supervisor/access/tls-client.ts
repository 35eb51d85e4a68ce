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
