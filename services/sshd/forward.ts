import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Connection, ServerChannel, TcpipRequestInfo } from 'ssh2';
import { codeOf, reasonOf } from '../../lib/errors/errors.ts';
import { type Log, quoted } from './log.ts';
import { ChannelOutput } from './output.ts';

/** -L and -D: connects to the target on behalf of the client (RFC 4254 section 7.2). */
export function forwardTo(
  accept: () => ServerChannel,
  reject: () => void,
  { destIP, destPort }: TcpipRequestInfo,
  socket: Socket,
  log: Log,
): void {
  const target = connect({ host: destIP, port: destPort, allowHalfOpen: true });
  const refused = (error: unknown): void => {
    log(`cannot forward to ${quoted(destIP)} port ${destPort}: ${codeOf(error) ?? reasonOf(error)}`);
    reject();
  };
  target.once('error', refused);
  target.once('connect', () => {
    target.off('error', refused);
    join(accept(), target, socket);
  });
}

/**
 * Connects channel and socket in both directions. Each direction ends on its own; the last one closes the
 * channel.
 */
function join(channel: ServerChannel | undefined, target: Socket, socket: Socket): void {
  if (!channel) return void target.destroy();
  target.setNoDelay(true);
  target.on('error', () => target.destroy());
  const output = new ChannelOutput(channel, socket);
  const received = new Promise<void>((resolve) => {
    target.once('finish', resolve);
    target.once('close', resolve);
  });
  output.onClose(() => target.destroy());
  channel.pipe(target);
  const sent = sendAll(target, output).then(() => output.closed || channel.eof());
  void Promise.all([sent, received]).then(() => output.closed || channel.end());
}

/** Like `pump`, but keeps the socket at the end of its data: the other direction may continue. */
async function sendAll(target: Socket, output: ChannelOutput): Promise<void> {
  try {
    for await (const chunk of target.iterator({ destroyOnReturn: false })) {
      if (!(await output.write('stdout', chunk as Buffer))) break;
    }
  } catch {
    target.destroy();
  }
}

/** -R: listeners on loopback for one client, closed with its connection (RFC 4254 section 7.1). */
export class RemoteForwards {
  readonly #client: Connection;
  readonly #socket: Socket;
  readonly #listeners = new Map<string, Server>();

  constructor(client: Connection, socket: Socket) {
    this.#client = client;
    this.#socket = socket;
  }

  /** Listens on loopback whatever address the client requests, like sshd without GatewayPorts. */
  open(address: string, port: number, accept: (port: number) => void, reject: () => void): void {
    if (this.#listeners.size >= 16) {
      reject();
      return;
    }
    const server = createServer({ allowHalfOpen: true });
    server.once('error', () => reject());
    server.maxConnections = 64;
    server.listen(port, '127.0.0.1', () => {
      const bound = server.address();
      const chosen = bound !== null && typeof bound === 'object' ? bound.port : port;
      server.on('connection', (socket) => this.#deliver(socket, address, chosen));
      this.#listeners.set(`${address} ${chosen}`, server);
      accept(chosen);
    });
  }

  cancel(address: string, port: number): boolean {
    const server = this.#listeners.get(`${address} ${port}`);
    server?.close();
    return this.#listeners.delete(`${address} ${port}`);
  }

  close(): void {
    for (const server of this.#listeners.values()) server.close();
    this.#listeners.clear();
  }

  #deliver(from: Socket, address: string, port: number): void {
    from.once('error', () => from.destroy());
    const done = (error: Error | undefined, channel: ServerChannel): void => {
      if (error) from.destroy();
      else join(channel, from, this.#socket);
    };
    this.#client.forwardOut(address, port, from.remoteAddress ?? '', from.remotePort ?? 0, done as never);
  }
}
