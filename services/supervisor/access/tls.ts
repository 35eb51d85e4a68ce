import { constants } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import type { ControlConfig } from '../../../lib/bundle/control.ts';
import type { AcceptConnection } from '../../../lib/control/port.ts';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import type { RateLimitedLog } from './rate-limited-log.ts';
import { callerOfCertificate, clientAt } from './tls-client.ts';
import { isSameFiles, readTlsFiles, type TlsFiles } from './tls-files.ts';
import { type ListenerSettings, serveTransport } from './transport.ts';

/** Milliseconds between two checks of the files. */
const lookEveryMs = 5000;
/**
 * Milliseconds before missing files or a missing address are logged: onboot containers may still create the
 * files, and DHCP may still set the address.
 */
const graceMs = 60_000;
const handshakeMs = 10_000;
/** Includes connections whose handshake is not finished. */
const maxConnections = 256;

/**
 * Serves TLS 1.3 to clients with a certificate of the manifest's authority, for as long as the process lives.
 * The files may be created after the supervisor has started, and may change: then all connections are closed,
 * and clients have to connect again under the new files.
 */
export async function serveOverTls(
  settings: ListenerSettings,
  config: ControlConfig,
  everyMs: number = lookEveryMs,
): Promise<never> {
  const accept = serveTransport(settings, {
    name: 'a client with a certificate',
    callerOf: callerOfCertificate,
    maxCalls: 100,
  });
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
        open = { files, close: await listen(server, config, accept, log) };
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
  handshakeTimeout: handshakeMs,
  // A session ticket would admit a client whose certificate has expired or was revoked since.
  secureOptions: constants.SSL_OP_NO_TICKET,
  noDelay: true,
};

/**
 * Resolves to a function that closes the server and all its connections.
 * @throws if the address is in use, or not an address of this machine
 */
async function listen(
  server: Server,
  { host, port }: ControlConfig,
  accept: AcceptConnection,
  log: RateLimitedLog,
): Promise<() => Promise<void>> {
  const connections = new Set<TLSSocket>();
  server.on('secureConnection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    accept(socket);
  });
  server.maxConnections = maxConnections;
  logRefusals(server, log);
  server.listen({ port, ...(host !== '' && { host }) });
  await once(server, 'listening');
  server.on('error', (error) => log.log('tls', `TLS: ${reasonOf(error)}`));
  return async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of connections) socket.destroy();
    await closed;
  };
}

function logRefusals(server: Server, log: RateLimitedLog): void {
  // Node forgets the address when the connection closes, unless it was read before.
  server.on('connection', (socket: Socket) => void socket.remoteAddress);
  server.on('tlsClientError', (error: OpensslError, socket: RefusedSocket) => {
    const refused = socket.authorizationError;
    const why = refused ? `its certificate is not accepted (${String(refused)})` : reasonOfHandshake(error);
    const address = socket._parent?.remoteAddress;
    log.log(`tls ${String(refused ?? codeOf(error))}`, `${clientAt(address)} did not get in: ${why}`);
  });
  server.on('drop', (drop?: { readonly remoteAddress?: string }) => {
    log.log('tls full', `${clientAt(drop?.remoteAddress)} did not get in: ${maxConnections} are connected`);
  });
}

type OpensslError = Error & { readonly reason?: string };

/** `_parent` is the TCP connection below a TLS socket; Node has no public name for it. */
type RefusedSocket = TLSSocket & { readonly _parent?: Socket };

/** OpenSSL's reason without its error numbers. */
function reasonOfHandshake(error: OpensslError): string {
  return codeOf(error) === 'ECONNRESET' ? 'it closed the connection' : (error.reason ?? reasonOf(error));
}
