import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Connection, ServerChannel, TcpipRequestInfo } from 'ssh2';
import { codeOf, reasonOf } from '../../lib/errors/errors.ts';
import type { Audit } from './audit.ts';
import { ChannelOutput } from './output.ts';

/** -L and -D: connects to the target on behalf of the client (RFC 4254 section 7.2). */
export function forwardTo(
  accept: () => ServerChannel,
  reject: () => void,
  { destIP, destPort }: TcpipRequestInfo,
  socket: Socket,
  audit: Audit,
): void {
  const to = { host: destIP, toPort: destPort };
  const refused = (error: unknown): void => {
    audit('forward', 'failed', { ...to, reason: codeOf(error) ?? reasonOf(error) });
    reject();
  };
  if (!isPort(destPort)) return void refused('no such port');
  const target = connect({ host: destIP, port: destPort, allowHalfOpen: true });
  const abandon = (): void => void target.destroy();
  socket.once('close', abandon);
  target.once('close', () => socket.off('close', abandon));
  target.once('error', refused);
  target.once('connect', () => {
    target.off('error', refused);
    audit('forward', 'allowed', to);
    join(accept(), target, socket);
  });
}

/** The protocol's ports have 32 bits, and Node throws on those that TCP does not have. */
const isPort = (port: number): boolean => port <= 65_535;

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

/** Listeners of one client. */
const maxListeners = 16;

/** -R: listeners on loopback for one client, closed with its connection (RFC 4254 section 7.1). */
export class RemoteForwards {
  readonly #client: Connection;
  readonly #socket: Socket;
  readonly #audit: Audit;
  readonly #listeners = new Map<string, Server>();
  /** Listeners that are open or about to be. */
  #count = 0;

  constructor(client: Connection, socket: Socket, audit: Audit) {
    this.#client = client;
    this.#socket = socket;
    this.#audit = audit;
  }

  /** Listens on loopback whatever address the client requests, like sshd without GatewayPorts. */
  open(address: string, port: number, accept: (port: number) => void, reject: () => void): void {
    const refuse = (reason: string): void => {
      this.#audit('listen', 'failed', { listenPort: port, reason });
      reject();
    };
    if (!isPort(port)) return void refuse('no such port');
    if (this.#count >= maxListeners) return void refuse('too many listeners');
    const release = this.#take();
    const server = createServer({ allowHalfOpen: true });
    server.once('close', release);
    server.on('error', (error) => {
      release();
      refuse(codeOf(error) ?? reasonOf(error));
    });
    server.maxConnections = 64;
    server.listen(port, '127.0.0.1', () => {
      if (this.#socket.destroyed) return void server.close();
      const bound = server.address();
      const chosen = bound !== null && typeof bound === 'object' ? bound.port : port;
      this.#audit('listen', 'allowed', { listenPort: chosen });
      server.on('connection', (socket) => this.#deliver(socket, address, chosen));
      this.#listeners.set(`${address} ${chosen}`, server);
      accept(chosen);
    });
  }

  /** Counts a listener, until the function that this returns is called. */
  #take(): () => void {
    let counted = 1;
    this.#count += counted;
    return () => {
      this.#count -= counted;
      counted = 0;
    };
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
