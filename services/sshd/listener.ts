import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import SshServer from 'ssh2/lib/server.js';
import { limits, type Settings } from './arguments.ts';
import { ConnectionServer } from './connection.ts';
import type { HostKey } from './host-keys.ts';
import type { Log } from './log.ts';

/** No SHA-1, no CBC, no finite-field exchange: what OpenSSH has preferred since 2014, and nothing older. */
const algorithms = {
  kex: ['curve25519-sha256', 'curve25519-sha256@libssh.org', 'ecdh-sha2-nistp256', 'ecdh-sha2-nistp384'],
  cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes256-ctr', 'aes128-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
} as const;

/** Milliseconds between two questions whether a silent client is still there; three without an answer end it. */
const keepaliveMs = 30_000;

/**
 * The listening side. The socket is ours and not ssh2's: that library tells of a client only when it has sent its first
 * line, and one that never does must not hold a place for ever.
 */
export class Listener {
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #ssh: InstanceType<typeof SshServer>;
  readonly #net: NetServer;
  readonly #sockets = new Map<string, Socket>();
  readonly #logins = new Map<string, NodeJS.Timeout>();

  constructor(settings: Settings, keys: readonly HostKey[], log: Log) {
    this.#settings = settings;
    this.#log = log;
    const config = { hostKeys: keys.map(({ pem }) => pem), algorithms, keepaliveInterval: keepaliveMs };
    this.#ssh = new SshServer({ ...config, keepaliveCountMax: 3, ident: 'kit' } as never);
    this.#ssh.on('connection', (client, { ip, port }) => {
      const from = name(ip, port);
      const socket = this.#sockets.get(from);
      if (!socket) return void client.end();
      const loggedIn = (): void => this.#loggedIn(from);
      new ConnectionServer(client, { settings, socket, from, log, loggedIn });
    });
    this.#net = createServer((socket) => this.#accept(socket));
  }

  /** Resolves to the port, which matters when the settings ask for port 0. */
  async listen(): Promise<number> {
    const { port, listen: host } = this.#settings;
    this.#net.listen(host === undefined ? { port } : { port, host });
    await once(this.#net, 'listening');
    const address = this.#net.address();
    return address !== null && typeof address === 'object' ? address.port : port;
  }

  /** Ends every connection, and with it every program of theirs. */
  close(): void {
    this.#net.close();
    for (const socket of this.#sockets.values()) socket.destroy();
  }

  #accept(socket: Socket): void {
    const from = name(socket.remoteAddress, socket.remotePort);
    if (this.#sockets.size >= limits.connections || this.#logins.size >= limits.logins) {
      this.#log(`turned ${from} away: too many connections`);
      return void socket.destroy();
    }
    socket.setNoDelay(true);
    // Each channel listens to it.
    socket.setMaxListeners(0);
    this.#sockets.set(from, socket);
    this.#logins.set(from, this.#grace(socket, from));
    socket.once('close', () => {
      this.#sockets.delete(from);
      this.#loggedIn(from);
    });
    this.#ssh.injectSocket(socket);
  }

  #grace(socket: Socket, from: string): NodeJS.Timeout {
    return setTimeout(() => {
      this.#log(`turned ${from} away: no login in time`);
      socket.destroy();
    }, this.#settings.loginGraceMs);
  }

  /** No longer counted among those who have yet to log in. */
  #loggedIn(from: string): void {
    clearTimeout(this.#logins.get(from));
    this.#logins.delete(from);
  }
}

function name(ip: string | undefined, port: number | undefined): string {
  const address = (ip ?? 'unknown').replace(/^::ffff:/, '');
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
