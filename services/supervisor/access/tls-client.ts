import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { Caller } from './guard.ts';
import { type Role, roleNames } from './roles.ts';

/** The caller on a TLS connection: its certificate has its name (CN) and its role (OU). */
export function callerOfCertificate(call: ServerInterceptingCallInterface): Caller {
  const subject = call.getAuthContext().sslPeerCertificate?.subject;
  const name = JSON.stringify(String(subject?.CN ?? '')).slice(0, 80);
  return {
    name: `${clientAt(call.getConnectionInfo().remoteAddress)} with the certificate of ${name}`,
    role: roleOf(subject?.OU),
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
