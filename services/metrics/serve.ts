import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { reasonOf } from '../../lib/errors/errors.ts';
import { contentTypes, type Format, formatFor } from './exposition.ts';
import type { Listen } from './settings.ts';

/** What clients may take, who are not trusted: of one address, and of all. Times in milliseconds. */
export const limits = {
  connections: 32,
  connectionsOfPeer: 4,
  /** Of request line and headers together. */
  headerBytes: 8192,
  headers: 64,
  /** Until the headers are there. */
  requestMs: 5000,
  /** Without a byte in either direction, while an answer is sent as well. */
  idleMs: 15_000,
} as const;

/**
 * Serves `GET /metrics` until the server is closed. Any number of scrapers costs at most `limits.connections`
 * connections: further ones are closed at once. @throws if it cannot listen there
 */
export async function serveMetrics(
  listen: Listen,
  text: (format: Format) => Promise<string>,
  warn: (line: string) => void,
): Promise<Server> {
  const options = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.requestMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: 1000,
  };
  const server = createServer(options, (request, response) => {
    answer(request, response, text).catch((thrown: unknown) => {
      warn(`cannot answer: ${reasonOf(thrown)}`);
      response.destroy();
    });
  });
  server.maxHeadersCount = limits.headers;
  server.maxConnections = limits.connections;
  limitPeers(server);
  if ('path' in listen) rmSync(listen.path, { force: true });
  server.listen(
    'path' in listen ? listen.path : { port: listen.port, ...(listen.host && { host: listen.host }) },
  );
  await once(server, 'listening');
  return server;
}

/** Closes what an address has above its limit. Clients of a unix socket have no address, and count as one. */
function limitPeers(server: Server): void {
  const counts = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const peer = socket.remoteAddress ?? '';
    const count = (counts.get(peer) ?? 0) + 1;
    counts.set(peer, count);
    socket.setTimeout(limits.idleMs, () => socket.destroy());
    socket.once('close', () => {
      const left = (counts.get(peer) ?? 1) - 1;
      if (left === 0) counts.delete(peer);
      else counts.set(peer, left);
    });
    if (count > limits.connectionsOfPeer) socket.destroy();
  });
}

async function answer(
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
  text: (format: Format) => Promise<string>,
): Promise<void> {
  const send = (status: number, type: string, body: string): void => {
    response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
    response.end(method === 'HEAD' ? undefined : body);
  };
  const plain = 'text/plain; charset=utf-8';
  if (method !== 'GET' && method !== 'HEAD') return send(405, plain, 'Only GET\n');
  if (url?.split('?', 1)[0] !== '/metrics') return send(404, plain, 'There is /metrics only\n');
  const format = formatFor(headers.accept);
  send(200, contentTypes[format], await text(format));
}
