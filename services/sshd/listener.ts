import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import SshServer from 'ssh2/lib/server.js';
import { limits, type Settings } from './arguments.ts';
import { ConnectionServer } from './connection.ts';
import type { HostKey } from './host-keys.ts';
import type { Log } from './log.ts';

/** The algorithms that OpenSSH has preferred since 2014: no SHA-1, no CBC, no finite-field key exchange. */
const algorithms = {
  kex: ['curve25519-sha256', 'curve25519-sha256@libssh.org', 'ecdh-sha2-nistp256', 'ecdh-sha2-nistp384'],
  cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes256-ctr', 'aes128-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
} as const;

/** Milliseconds between keep-alive requests to an idle client; three without a reply end the connection. */
const keepaliveMs = 30_000;

/**
 * Accepts connections. Has its own listening socket, because ssh2's reports a client only after its
 * identification line, and a client that never sends one must not occupy a connection for ever.
 */
export class SshListener {
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
      const from = endpointText(ip, port);
      const socket = this.#sockets.get(from);
      if (!socket) return void client.end();
      const loggedIn = (): void => this.#loggedIn(from);
      new ConnectionServer(client, { settings, socket, from, log, loggedIn });
    });
    this.#net = createServer((socket) => this.#accept(socket));
  }

  /** Resolves to the port, which the kernel chooses when the settings have 0. */
  async listen(): Promise<number> {
    const { port, listen: host } = this.#settings;
    this.#net.listen(host === undefined ? { port } : { port, host });
    await once(this.#net, 'listening');
    const address = this.#net.address();
    return address !== null && typeof address === 'object' ? address.port : port;
  }

  /** Closes every connection, which ends their programs. */
  close(): void {
    this.#net.close();
    for (const socket of this.#sockets.values()) socket.destroy();
  }

  #accept(socket: Socket): void {
    const from = endpointText(socket.remoteAddress, socket.remotePort);
    if (this.#sockets.size >= limits.connections || this.#logins.size >= limits.logins) {
      this.#log(`refused connection from ${from}: too many connections`);
      return void socket.destroy();
    }
    socket.setNoDelay(true);
    // Each channel adds a listener.
    socket.setMaxListeners(0);
    this.#sockets.set(from, socket);
    this.#logins.set(from, this.#startGraceTimer(socket, from));
    socket.once('close', () => {
      this.#sockets.delete(from);
      this.#loggedIn(from);
    });
    this.#ssh.injectSocket(socket);
  }

  #startGraceTimer(socket: Socket, from: string): NodeJS.Timeout {
    return setTimeout(() => {
      this.#log(`closed connection from ${from}: no login in time`);
      socket.destroy();
    }, this.#settings.loginGraceMs);
  }

  /** Stops counting the connection as one without a login. */
  #loggedIn(from: string): void {
    clearTimeout(this.#logins.get(from));
    this.#logins.delete(from);
  }
}

/** `10.0.2.2:53422`, `[fd00::1]:53422` */
function endpointText(ip: string | undefined, port: number | undefined): string {
  const address = (ip ?? 'unknown').replace(/^::ffff:/, '');
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
