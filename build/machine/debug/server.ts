import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { listenOn } from '../../host/listen.ts';
import { devtoolsUrl } from './addresses.ts';
import { refusal } from './guard.ts';
import type { DebuggerClient, DebugSession } from './session.ts';

/** The service that debuggers connect to. */
export interface DebugTarget {
  /** `t1/web` */
  readonly title: string;
  /** Opens a session for a debugger that has just connected. */
  readonly open: (client: DebuggerClient) => DebugSession;
}

export interface DebugServer extends AsyncDisposable {
  /** `t1/web` */
  readonly title: string;
  readonly port: number;
  /** `ws://127.0.0.1:9229/UUID`: a secret, without which nobody gets a session. */
  readonly url: string;
}

/**
 * Serves an inspector on 127.0.0.1 like Node's own: `/json/list` and `/json/version` for discovery, and a
 * WebSocket for each session under a secret path. Only programs of the same user are answered.
 * @param port 0: any free port
 */
export async function serveDebugger(target: DebugTarget, port: number): Promise<DebugServer> {
  const server = createServer();
  const hint = 'choose another with --port, or any that is free with --port 0';
  const address = await listenOn(server, { address: '127.0.0.1', port }, hint);
  const id = randomUUID();
  const url = `ws://127.0.0.1:${address.port}/${id}`;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 256 << 20 });
  server.on('request', (request, response) => void answer(request, response, target.title, url));
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    void refusal(request).then((reason) => {
      if (reason !== undefined || request.url !== `/${id}`) refuse(socket, reason);
      else sockets.handleUpgrade(request, socket, head, (client) => attach(client, target));
    });
  });
  return {
    title: target.title,
    port: address.port,
    url,
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
}

function refuse(socket: Duplex, reason = 'this address is not that of the service'): void {
  socket.end(`HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\nkit debug: ${reason}\n`);
}

function attach(socket: WebSocket, target: DebugTarget): void {
  const session = target.open({
    send: (message) => socket.readyState === socket.OPEN && socket.send(message),
    // A close reason has at most 123 bytes (RFC 6455, section 5.5.1).
    close: (reason) => socket.close(1011, Buffer.from(reason).subarray(0, 123).toString('latin1')),
  });
  socket.on('message', (message) => session.send(String(message)));
  socket.on('error', () => socket.terminate());
  socket.once('close', () => session.cancel());
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  title: string,
  url: string,
): Promise<void> {
  const bodies: Readonly<Record<string, unknown>> = {
    '/json/version': { Browser: `node.js/${process.version}`, 'Protocol-Version': '1.1' },
    '/json/list': [targetOf(title, url)],
    '/json': [targetOf(title, url)],
  };
  const reason = await refusal(request);
  const body = reason === undefined ? bodies[request.url ?? ''] : { error: `kit debug: ${reason}` };
  const status = reason === undefined ? (body ? 200 : 404) : 403;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body ?? {}));
}

function targetOf(title: string, url: string): object {
  return {
    ...{
      id: new URL(url).pathname.slice(1),
      title,
      type: 'node',
      description: 'a service in a machine of kit',
    },
    ...{ webSocketDebuggerUrl: url, devtoolsFrontendUrl: devtoolsUrl(url), url: `kit://${title}` },
  };
}
