import { constants } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { ControlConfig } from '../../../lib/bundle/control.ts';
import type { Enter } from '../../../lib/control/port.ts';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { type House, openEntrance } from './entrance.ts';
import type { Client } from './guard.ts';
import type { Notices } from './notices.ts';
import { type Role, roleNames } from './roles.ts';

/** How often the files are looked at, in milliseconds. */
const lookMs = 5000;
/** What onboot containers may take to bring the files, or DHCP the address, before their absence is told of. */
const patienceMs = 60_000;
const handshakeMs = 10_000;
/** Those that are still shaking hands are among them. */
const maxConnections = 256;
/** A bundle of all authorities of the web is a quarter of it. */
const maxFileBytes = 1 << 20;

/**
 * Serves by TLS 1.3 to clients with a certificate of the manifest's authority, for as long as the process lives. The files
 * may come later than we do, and change: then all connections are ended, and the new files decide who may come back.
 */
export async function serveOverTls(
  house: House,
  config: ControlConfig,
  everyMs: number = lookMs,
): Promise<never> {
  const enter = openEntrance(house, {
    name: 'a client with a certificate',
    clientOf: certifiedClient,
    maxCalls: 100,
  });
  const { notices } = house;
  const startedMs = performance.now();
  let open: { readonly files: Files; readonly close: () => Promise<void> } | undefined;
  for (;;) {
    try {
      const files = readFiles(config);
      if (!open || !isSame(files, open.files)) {
        // Before the old one goes: it stays if these do not fit together.
        const server = createServer({ ...tlsOptions, ...files });
        await open?.close();
        open = undefined;
        open = { files, close: await listen(server, config, enter, notices) };
      }
    } catch (thrown) {
      const mayCome = codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'EADDRNOTAVAIL';
      if (!mayCome || performance.now() - startedMs > patienceMs) {
        const kept = open ? 'the old files go on to count' : 'nothing is served there';
        notices.tell('tls', `cannot listen on ${config.host}:${config.port}, ${kept}: ${reasonOf(thrown)}`);
      }
    }
    await pause(everyMs);
  }
}

/** PEM, as `TlsOptions` wants it. */
type Files = Readonly<Record<'ca' | 'cert' | 'key' | 'crl', string | undefined>>;

function readFiles({ ca, certificate, key, crl }: ControlConfig): Files {
  return { ca: text(ca), cert: text(certificate), key: text(key), crl: crl && text(crl) };
}

function text(path: string): string {
  const { size } = statSync(path);
  if (size > maxFileBytes) throw new Error(`${path} has ${size} bytes, more than ${maxFileBytes}`);
  return readFileSync(path, 'utf8');
}

const isSame = (a: Files, b: Files): boolean =>
  a.ca === b.ca && a.cert === b.cert && a.key === b.key && a.crl === b.crl;

/** Resolves to what ends it and all its connections. @throws when the address is taken, or not there */
async function listen(
  server: Server,
  { host, port }: ControlConfig,
  enter: Enter,
  notices: Notices,
): Promise<() => Promise<void>> {
  const connections = new Set<TLSSocket>();
  server.on('secureConnection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    enter(socket);
  });
  server.maxConnections = maxConnections;
  tellTroubles(server, notices);
  server.listen({ port, ...(host !== '' && { host }) });
  await once(server, 'listening');
  server.on('error', (error) => notices.tell('tls', `TLS: ${reasonOf(error)}`));
  return async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of connections) socket.destroy();
    await closed;
  };
}

const tlsOptions: TlsOptions = {
  minVersion: 'TLSv1.3',
  requestCert: true,
  rejectUnauthorized: true,
  ALPNProtocols: ['h2'],
  handshakeTimeout: handshakeMs,
  // A ticket would let in whose certificate has expired, or was revoked, meanwhile.
  secureOptions: constants.SSL_OP_NO_TICKET,
  noDelay: true,
};

/** One line for each kind: whoever scans ports does it by the thousand. */
function tellTroubles(server: Server, notices: Notices): void {
  // Known only as long as it is connected, unless it was asked for before.
  server.on('connection', (socket: Socket) => void socket.remoteAddress);
  server.on('tlsClientError', (error: Error & { readonly reason?: string }, socket: Within) => {
    const refused = socket.authorizationError;
    const why = refused ? `its certificate is not accepted (${String(refused)})` : whyNot(error);
    notices.tell(
      `tls ${String(refused ?? codeOf(error))}`,
      `${from(socket._parent?.remoteAddress)} did not get in: ${why}`,
    );
  });
  server.on('drop', (drop?: { readonly remoteAddress?: string }) => {
    notices.tell('tls full', `${from(drop?.remoteAddress)} did not get in: ${maxConnections} are connected`);
  });
}

/** The connection that Node makes a TLS socket on, which has no other name. */
type Within = TLSSocket & { readonly _parent?: Socket };

/** In OpenSSL's words, without their numbers. */
function whyNot(error: Error & { readonly reason?: string }): string {
  return codeOf(error) === 'ECONNRESET' ? 'it left without a word' : (error.reason ?? reasonOf(error));
}

const from = (address: string | undefined): string => `a client at ${address ?? 'an unknown address'}`;

/** The certificate tells who it is, and an OU in it what role it has. */
function certifiedClient(call: ServerInterceptingCallInterface): Client {
  const subject = call.getAuthContext().sslPeerCertificate?.subject;
  const name = JSON.stringify(String(subject?.CN ?? '')).slice(0, 80);
  return {
    name: `${from(call.getConnectionInfo().remoteAddress)} with the certificate of ${name}`,
    role: roleOf(subject?.OU),
  };
}

/** The highest of the roles that OUs name; read when none does. */
export function roleOf(units: string | readonly string[] | undefined): Role {
  const named = [units ?? []].flat();
  return roleNames.findLast((role) => named.includes(role)) ?? 'read';
}
