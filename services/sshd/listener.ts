import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import SshServer from 'ssh2/lib/server.js';
import { limits, type Settings } from './arguments.ts';
import { type Audit, limitedAudit } from './audit.ts';
import { ConnectionServer, type Peer } from './connection.ts';
import type { HostKey } from './host-keys.ts';
import type { Log } from './log.ts';
import { guardSocket, type SocketGuard } from './ssh2/socket.ts';
import { Gate, type Visit } from './startups/gate.ts';
import type { Offence } from './startups/penalties.ts';

/** The algorithms that OpenSSH has preferred since 2014: no SHA-1, no CBC, no finite-field key exchange. */
const algorithms = {
  kex: ['curve25519-sha256', 'curve25519-sha256@libssh.org', 'ecdh-sha2-nistp256', 'ecdh-sha2-nistp384'],
  cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes256-ctr', 'aes128-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
} as const;

/** Milliseconds between keep-alive requests to an idle client; three without a reply end the connection. */
const keepaliveMs = 30_000;

interface Guest {
  readonly socket: Socket;
  readonly from: Peer;
  readonly visit: Visit;
  readonly guard: SocketGuard;
  readonly grace: NodeJS.Timeout;
  readonly abused: (reason: string) => void;
}

/**
 * Accepts connections. Has its own listening socket, because ssh2's reports a client only after its
 * identification line, and a client that never sends one must not occupy a connection for ever.
 */
export class SshListener {
  readonly #settings: Settings;
  readonly #auditRefusal: ReturnType<typeof limitedAudit>;
  readonly #ssh: InstanceType<typeof SshServer>;
  readonly #net: NetServer;
  readonly #gate: Gate;
  /** By `keyOf`. */
  readonly #guests = new Map<string, Guest>();

  constructor(settings: Settings, keys: readonly HostKey[], log: Log, audit: Audit) {
    const { startups, penalties } = settings;
    this.#settings = settings;
    this.#auditRefusal = limitedAudit(audit);
    this.#gate = new Gate({
      startups,
      penalties,
      logins: { total: limits.connections, perKey: limits.connectionsOfKey },
    });
    const config = { hostKeys: keys.map(({ pem }) => pem), algorithms, keepaliveInterval: keepaliveMs };
    this.#ssh = new SshServer({ ...config, keepaliveCountMax: 3, ident: 'kit' } as never);
    this.#ssh.on('connection', (client, { ip, port, header }) => {
      const guest = this.#guests.get(keyOf({ address: ip, port }));
      if (!guest) return void client.end();
      const logIn = (key: string): string | undefined => logInGuest(guest, key);
      new ConnectionServer(client, {
        ...guest,
        software: header.versions.software,
        settings,
        log,
        audit,
        auditRefusal: this.#auditRefusal,
        logIn,
      });
    });
    this.#net = createServer((socket) => this.accept(socket));
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
    for (const { socket } of this.#guests.values()) socket.destroy();
  }

  /** Serves a new connection, or refuses it. */
  accept(socket: Socket): void {
    const from = peerOf(socket);
    const visit = this.#gate.enter(socket.remoteAddress);
    if (typeof visit === 'string') {
      this.#auditRefusal(visit, 'connection', 'refused', { ...from, reason: visit });
      return void socket.destroy();
    }
    socket.setNoDelay(true);
    // Each channel adds a listener.
    socket.setMaxListeners(0);
    socket.once('close', () => this.#leave(from));
    const end = (offence: Offence, reason: string): void => {
      if (socket.destroyed) return;
      visit.offend(offence);
      this.#auditRefusal(`${reason} ${from.address}`, 'connection', 'refused', { ...from, reason });
      socket.destroy();
    };
    const abused = (reason: string): void => end('abuse', reason);
    const grace = setTimeout(() => end('grace', 'no login in time'), this.#settings.loginGraceMs);
    this.#ssh.injectSocket(socket);
    const guard = guardSocket(socket, abused);
    this.#guests.set(keyOf(from), { socket, from, visit, guard, grace, abused });
  }

  #leave(from: Peer): void {
    const guest = this.#guests.get(keyOf(from));
    this.#guests.delete(keyOf(from));
    clearTimeout(guest?.grace);
    guest?.visit.end();
  }
}

/** Counts the connection as one with a login. Returns why it must not be one. */
function logInGuest({ visit, guard, grace }: Guest, key: string): string | undefined {
  const reason = visit.logIn(key);
  if (reason !== undefined) return reason;
  clearTimeout(grace);
  guard.loggedIn();
  return undefined;
}

const peerOf = ({ remoteAddress = 'unknown', remotePort = 0 }: Socket): Peer => ({
  address: remoteAddress.replace(/^::ffff:/, ''),
  port: remotePort,
});

const keyOf = ({ address, port }: Peer): string => `${address.replace(/^::ffff:/, '')} ${port}`;
