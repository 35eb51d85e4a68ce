import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { KitError } from '../../lib/errors/errors.ts';
import type { Settings } from './settings.ts';

/** Milliseconds. */
const connectMs = 30_000;
const keepAliveMs = 30_000;

/** A connection to a server. Leaving the scope of its `using` ends it. */
export interface Connection extends Disposable {
  /** What is written goes to the server, encrypted where it is a server with TLS. */
  readonly stream: Socket;
  /** The TCP connection below. */
  readonly raw: Socket;
  /** Aborted when the connection is gone, with the error that says why. */
  readonly gone: AbortSignal;
}

/** Connects; a server with TLS has proved its name by then. @throws an error whose message is the reason */
export async function connect(settings: Settings, signal: AbortSignal): Promise<Connection> {
  const { host, port, tls } = settings.server;
  const raw = connectTcp({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
  const stop = AbortSignal.any([signal, AbortSignal.timeout(connectMs)]);
  try {
    await reached(raw, 'connect', stop);
    const stream = tls ? connectTls({ socket: raw, ...tlsOptions(settings) }) : raw;
    if (tls) await reached(stream, 'secureConnect', stop);
    return opened(raw, stream);
  } catch (thrown) {
    raw.destroy();
    throw stop.aborted ? new Error('it does not answer') : thrown;
  }
}

/** Whom we trust, and who we are; never that anybody will do: a log holds what is nobody else's business. */
function tlsOptions({ server: { host }, ca, cert, key }: Settings) {
  return {
    host,
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca: readPem(ca) }),
    ...(cert !== undefined && { cert: readPem(cert) }),
    ...(key !== undefined && { key: readPem(key) }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
  } as const;
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new KitError(`Cannot read "${path}"`, { cause });
  }
}

/** `once` alone would not see a server that hangs up without an error. */
async function reached(socket: Socket, event: string, signal: AbortSignal): Promise<void> {
  const abort = new AbortController();
  const stop = AbortSignal.any([signal, abort.signal]);
  const closed = once(socket, 'close', { signal: stop }).then(() => {
    throw new Error('the server closed the connection');
  });
  try {
    await Promise.race([once(socket, event, { signal: stop }), closed]);
  } finally {
    closed.catch(() => {});
    abort.abort();
  }
}

function opened(raw: Socket, stream: Socket): Connection {
  const gone = new AbortController();
  const end = (reason: Error): void => {
    if (!gone.signal.aborted) gone.abort(reason);
    stream.destroy();
    raw.destroy();
  };
  for (const socket of new Set([raw, stream])) {
    socket.on('error', end);
    for (const event of ['end', 'close'])
      socket.on(event, () => end(new Error('the server closed the connection')));
  }
  // Servers have nothing to say, and without a reader their end would not be seen.
  stream.resume();
  return {
    raw,
    stream,
    gone: gone.signal,
    [Symbol.dispose]: () => end(new Error('we closed the connection')),
  };
}
