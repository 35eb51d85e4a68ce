import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { KitError } from '../../lib/errors/errors.ts';
import type { Settings } from './settings.ts';

/** Milliseconds for TCP connect and TLS handshake. */
const connectMs = 30_000;
const keepAliveMs = 30_000;

/** A connection to a server; disposing closes it. */
export interface Connection extends Disposable {
  /** Carries the messages; the TLS socket with TLS, else `raw`. */
  readonly stream: Socket;
  /** The TCP socket. */
  readonly raw: Socket;
  /** Aborted when the connection is closed, with the error as reason. */
  readonly closed: AbortSignal;
}

/** Connects; with TLS, the server's name is verified. @throws an error whose message is the reason. */
export async function connect(settings: Settings, signal: AbortSignal): Promise<Connection> {
  const { host, port, tls } = settings.server;
  const raw = connectTcp({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
  const stop = AbortSignal.any([signal, AbortSignal.timeout(connectMs)]);
  try {
    await eventOrClose(raw, 'connect', stop);
    const stream = tls ? connectTls({ socket: raw, ...tlsOptions(settings) }) : raw;
    if (tls) await eventOrClose(stream, 'secureConnect', stop);
    return opened(raw, stream);
  } catch (thrown) {
    raw.destroy();
    throw stop.aborted ? new Error('it does not answer') : thrown;
  }
}

/** Authorities and client certificate. Always verifies the server, since logs are confidential. */
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

/** Waits for an event. `once` alone would miss that the server closes the connection without an error. */
async function eventOrClose(socket: Socket, event: string, signal: AbortSignal): Promise<void> {
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
  const closed = new AbortController();
  const end = (reason: Error): void => {
    if (!closed.signal.aborted) closed.abort(reason);
    stream.destroy();
    raw.destroy();
  };
  for (const socket of new Set([raw, stream])) {
    socket.on('error', end);
    for (const event of ['end', 'close'])
      socket.on(event, () => end(new Error('the server closed the connection')));
  }
  // Syslog servers send nothing, but without reading, the end of the connection would not be noticed.
  stream.resume();
  return {
    raw,
    stream,
    closed: closed.signal,
    [Symbol.dispose]: () => end(new Error('the client closed the connection')),
  };
}
