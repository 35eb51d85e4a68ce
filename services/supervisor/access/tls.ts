import { constants } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import type { ControlConfig } from '../../../lib/bundle/control.ts';
import { clockHint } from '../../../lib/errors/clock-hint.ts';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { sourceOf } from '../../../lib/net/source.ts';
import type { AcceptPeer, ListenerSettings } from './connection-server.ts';
import { HandshakePool } from './handshake-pool.ts';
import { clientAt, peerOfCertificate } from './tls-client.ts';
import { isSameFiles, readTlsFiles, type TlsFiles } from './tls-files.ts';

/** Milliseconds between two checks of the files. */
const lookEveryMs = 5000;
/**
 * Milliseconds before missing files or a missing address are logged: onboot containers may still create the
 * files, and DHCP may still set the address.
 */
const graceMs = 60_000;

/**
 * Serves TLS 1.3 to clients with a certificate of the manifest's authority, for as long as the process lives.
 * The files may be created after the supervisor has started, and may change: then all connections are closed,
 * and clients have to connect again under the new files.
 */
export async function serveOverTls(
  accept: AcceptPeer,
  settings: Pick<ListenerSettings, 'log' | 'audit'>,
  config: ControlConfig,
  everyMs: number = lookEveryMs,
): Promise<never> {
  const { log } = settings;
  const startedMs = performance.now();
  let open: { readonly files: TlsFiles; readonly close: () => Promise<void> } | undefined;
  for (;;) {
    try {
      const files = readTlsFiles(config);
      if (!open || !isSameFiles(files, open.files)) {
        // Throws if the files do not match each other, before the old server is closed.
        const server = createServer({ ...tlsOptions, ...files });
        await open?.close();
        open = undefined;
        open = { files, close: await listen(server, config, accept, settings) };
      }
    } catch (thrown) {
      const mayCome = codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'EADDRNOTAVAIL';
      if (!mayCome || performance.now() - startedMs > graceMs) {
        const state = open ? 'the old files stay in use' : 'nothing is served there';
        log.log('tls', `cannot listen on ${config.host}:${config.port}, ${state}: ${reasonOf(thrown)}`);
      }
    }
    await pause(everyMs);
  }
}

const tlsOptions: TlsOptions = {
  minVersion: 'TLSv1.3',
  requestCert: true,
  rejectUnauthorized: true,
  ALPNProtocols: ['h2'],
  // A session ticket would admit a client whose certificate has expired or was revoked since.
  secureOptions: constants.SSL_OP_NO_TICKET,
  noDelay: true,
};

/**
 * Resolves to a function that closes the server and all its connections.
 * @throws if the address is in use, or not an address of this machine
 */
async function listen(
  tls: Server,
  { host, port }: ControlConfig,
  accept: AcceptPeer,
  settings: Pick<ListenerSettings, 'log' | 'audit'>,
): Promise<() => Promise<void>> {
  const connections = new Set<Socket>();
  const turnedAway = refusals(settings);
  const handshakes = new HandshakePool((source, why) => turnedAway(`tls ${why}`, source, why));
  // The TLS server has no listener of its own, since it would begin the handshake of any number of peers.
  const server = createTcpServer({ pauseOnConnect: true }, (socket) => {
    // Read now: Node forgets the address when the connection closes.
    const address = socket.remoteAddress;
    if (address === undefined) return void socket.destroy();
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    handshakes.add(socket, sourceOf(address));
    tls.emit('connection', socket);
  });
  tls.on('secureConnection', (socket: HandshakeSocket) => {
    if (socket._parent) handshakes.done(socket._parent);
    accept(socket, peerOfCertificate(socket));
  });
  tls.on('tlsClientError', (error: OpensslError, socket: HandshakeSocket) => {
    const refused = socket.authorizationError;
    const why = refused ? notAccepted(String(refused)) : reasonOfHandshake(error);
    turnedAway(`tls ${String(refused ?? codeOf(error))}`, socket._parent?.remoteAddress, why);
    socket._parent?.destroy();
  });
  server.listen({ port, ...(host !== '' && { host }) });
  await once(server, 'listening');
  server.on('error', (error) => settings.log.log('tls', `TLS: ${reasonOf(error)}`));
  return async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of connections) socket.destroy();
    await closed;
  };
}

/** Logs peers that were not admitted. */
function refusals({ log, audit }: Pick<ListenerSettings, 'log' | 'audit'>) {
  return (kind: string, address: string | undefined, why: string): void => {
    log.log(kind, `${clientAt(address)} did not get in: ${why}`);
    const fields = { why, transport: 'tls', address };
    audit.record({ kind: 'stranger', key: '' }, { action: 'connect', result: 'refused', fields });
  };
}

type OpensslError = Error & { readonly reason?: string };

/** `_parent` is the TCP connection below a TLS socket; Node has no public name for it. */
type HandshakeSocket = TLSSocket & { readonly _parent?: Socket };

/** @param code OpenSSL's, as Node gives it: `CERT_HAS_EXPIRED` */
function notAccepted(code: string): string {
  const hint = clockHint(code);
  return `its certificate is not accepted (${code})${hint === undefined ? '' : `; ${hint}`}`;
}

/** OpenSSL's reason without its error numbers. */
function reasonOfHandshake(error: OpensslError): string {
  return codeOf(error) === 'ECONNRESET' ? 'it closed the connection' : (error.reason ?? reasonOf(error));
}
