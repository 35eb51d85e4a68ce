import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { listenOn } from '../../host/listen.ts';
import { devtoolsUrl } from './addresses.ts';
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
  /** `ws://127.0.0.1:9229/t1/web` */
  readonly url: string;
}

/**
 * Serves an inspector on 127.0.0.1 like Node's own: `/json/list` and `/json/version` for discovery, and a
 * WebSocket for each session. @param port 0: any free port
 */
export async function serveDebugger(target: DebugTarget, port: number): Promise<DebugServer> {
  const server = createServer();
  const hint = 'choose another with --port, or any that is free with --port 0';
  const address = await listenOn(server, { address: '127.0.0.1', port }, hint);
  const path = `/${target.title}`;
  const url = `ws://127.0.0.1:${address.port}${path}`;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 256 << 20 });
  server.on('request', (request, response) => answer(request, response, target.title, url));
  server.on('upgrade', (request, socket, head) => {
    // A page of another site must not debug: DevTools has its own origin, programs send none.
    if (!isLocal(request) || request.url !== path) socket.destroy();
    else sockets.handleUpgrade(request, socket, head, (client) => attach(client, target));
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

/** Also checks the Host header: with DNS rebinding, a page of another site has that site's name in it. */
function isLocal({ headers: { host = '', origin } }: IncomingMessage): boolean {
  const here = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(host);
  const page =
    origin === undefined ||
    /^(?:devtools:|chrome-devtools:|https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?$)/.test(origin);
  return here && page;
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

function answer(request: IncomingMessage, response: ServerResponse, title: string, url: string): void {
  const bodies: Readonly<Record<string, unknown>> = {
    '/json/version': { Browser: `node.js/${process.version}`, 'Protocol-Version': '1.1' },
    '/json/list': [targetOf(title, url)],
    '/json': [targetOf(title, url)],
  };
  const body = isLocal(request) ? bodies[request.url ?? ''] : undefined;
  response.writeHead(body ? 200 : 404, { 'content-type': 'application/json; charset=utf-8' });
  response.end(body ? JSON.stringify(body) : '{}');
}

function targetOf(title: string, url: string): object {
  return {
    ...{ id: title, title, type: 'node', description: 'a service in a machine of kit' },
    ...{ webSocketDebuggerUrl: url, devtoolsFrontendUrl: devtoolsUrl(url), url: `kit://${title}` },
  };
}
