import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeAnswer, FakeMachine } from './fake-cloud.ts';
import { fakeClouds, oddClouds } from './fake-clouds.ts';
import { type Fault, faults } from './faults.ts';

export interface FakeOptions {
  /** Instead of the cloud's own addresses. */
  readonly address?: string | undefined;
  /** Default: 80; 0 for a free one. */
  readonly port?: number | undefined;
  /** What it does wrong. */
  readonly fault?: string | undefined;
}

export interface RunningFake extends AsyncDisposable {
  /** `GET /latest/user-data 200`, in order. */
  readonly requests: readonly string[];
  /** `127.0.0.1:41234`, of the first address. */
  readonly place: string;
}

/**
 * Starts the fake of a cloud's metadata service in this process, on the cloud's own addresses, which must be
 * those of an interface here: `ip addr add 169.254.169.254/32 dev lo` in a namespace.
 */
export async function startFakeCloud(
  name: string,
  machine: FakeMachine,
  { address, port = 80, fault }: FakeOptions = {},
): Promise<RunningFake> {
  const cloud = { ...fakeClouds, ...oddClouds }[name];
  const wrong: Fault | undefined = fault === undefined ? undefined : faults[fault];
  if (cloud === undefined || (fault !== undefined && wrong === undefined))
    throw new Error(`no fake "${name}" with the fault "${fault}"`);
  const answers = cloud.answers(machine);
  const requests: string[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '', headers } = request;
    const body = (await request.toArray()).join('');
    const answer = answers({ method, path, headers, body, port: request.socket.remotePort ?? 0 });
    requests.push(`${method} ${path} ${answer.status}`);
    process.stdout.write(`${requests.at(-1)}\n`);
    if (wrong) wrong(request, response, answer);
    else send(response, answer);
  };
  const servers = await Promise.all(
    (address === undefined ? cloud.addresses : [address]).map((host) => listen(serve, host, port)),
  );
  const [first] = servers.map((server) => server.address() as AddressInfo);
  return {
    requests,
    place: `${first?.address}:${first?.port}`,
    async [Symbol.asyncDispose]() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      await Promise.all(servers.map((server) => once(server, 'close')));
    },
  };
}

async function listen(
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  host: string,
  port: number,
): Promise<Server> {
  const server = createServer((request, response) => {
    serve(request, response).catch((error) => response.destroy(error));
  });
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}

function send(response: ServerResponse, { status, headers = {}, body = '' }: FakeAnswer): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
