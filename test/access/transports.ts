import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { isFreshSession } from '../../lib/control/handshake.ts';
import { serveSessions } from '../../lib/control/port.ts';
import { socketPairDescriptors } from '../../lib/linux/net/socket-pair.ts';
import {
  connectionServer,
  type ListenerSettings,
} from '../../services/supervisor/access/connection-server.ts';
import { hostPeer } from '../../services/supervisor/access/peer.ts';
import { testSettings } from '../../services/supervisor/access/testing/settings.ts';
import { serveOverTls } from '../../services/supervisor/access/tls.ts';
import { serveOnUnixSocket } from '../../services/supervisor/access/unix-socket.ts';
import { acceptHostRoot } from '../../services/supervisor/access/vsock.ts';
import { Authority } from '../support/certificates.ts';
import { freePort } from '../support/free-port.ts';
import { testSocket } from '../support/needs.ts';
import { diskTools } from '../support/tools.ts';
import { echoControl, type OpenStreams } from './echo-control.ts';

/** A transport of the control protocol, from the client's side. */
export interface TestTransport {
  readonly name: 'unix socket' | 'virtio-serial' | 'vsock' | 'TLS';
  /** Has one connection at a time, like a virtio-serial port. */
  readonly single: boolean;
  readonly connect: () => Promise<Duplex>;
}

/** All listeners of a machine in this process, with an `echoControl` behind them. */
export class TestTransports implements Disposable {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit-transports-'));
  readonly socket = testSocket(this.dir, 'control.sock');
  readonly open: OpenStreams = { logs: 0, tunnels: 0 };
  /** Lines on the machine's console. */
  readonly lines: string[] = [];
  readonly unix: TestTransport = {
    name: 'unix socket',
    single: false,
    connect: () => connected(connect(this.socket)),
  };
  readonly all: TestTransport[] = [this.unix];
  tlsPort = 0;

  static async make(): Promise<TestTransports> {
    const transports = new TestTransports();
    // Advances the clock so far that every line is logged.
    let nowMs = 0;
    const now = (): number => {
      nowMs += 100_000;
      return nowMs;
    };
    const settings = testSettings(echoControl(transports.open), { lines: transports.lines, now });
    const accept = connectionServer(settings);
    const unix = { mode: 0o600, serviceOf: () => undefined } as const;
    await serveOnUnixSocket(accept, { ...unix, path: transports.socket, role: 'debug' });
    transports.all.push(portOf(settings), vsockOf(settings), await transports.#tls(settings));
    return transports;
  }

  async #tls(settings: ListenerSettings): Promise<TestTransport> {
    const tools = await diskTools();
    const authority = await Authority.make(tools, this.dir);
    await authority.sign('server', 'DNS:localhost');
    await authority.sign('client', undefined, { subject: '/OU=debug/CN=client' });
    const file = (name: string): string => join(this.dir, name);
    const paths = { ca: file('ca.pem'), certificate: file('server.pem'), key: file('server.key') };
    const port = await freePort();
    this.tlsPort = port;
    void serveOverTls(connectionServer(settings), settings, { host: '127.0.0.1', port, ...paths });
    const [ca, cert, key] = ['ca.pem', 'client.pem', 'client.key'].map((name) => readFileSync(file(name)));
    const options = {
      host: '127.0.0.1',
      servername: 'localhost',
      port,
      ALPNProtocols: ['h2'],
      ca,
      cert,
      key,
    };
    return {
      name: 'TLS',
      single: false,
      connect: async () => {
        const socket = connectTls(options);
        await once(socket, 'secureConnect');
        return socket;
      },
    };
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true });
  }
}

async function connected(socket: Socket): Promise<Socket> {
  await once(socket, 'connect');
  return socket;
}

/** A fake virtio-serial port: each time the guest opens it, a test client gets the host's end. */
function portOf(settings: ListenerSettings): TestTransport {
  const waiting: ((host: Socket) => void)[] = [];
  const open = (): number | undefined => {
    const attach = waiting.shift();
    if (!attach) return undefined;
    const [guest, host] = socketPairDescriptors();
    attach(new Socket({ fd: host }));
    return guest;
  };
  const accept = connectionServer(settings);
  void serveSessions((connection) => accept(connection, hostPeer), open);
  return {
    name: 'virtio-serial',
    single: true,
    connect: async () => {
      const socket = await new Promise<Socket>((resolve) => waiting.push(resolve));
      for (;;) {
        const header: Buffer | null = socket.read(9);
        if (header && isFreshSession(header)) {
          socket.unshift(header);
          return socket;
        }
        await pause(5);
      }
    },
  };
}

/** Connections with the address of root of the host: a test cannot use real vsock. */
function vsockOf(settings: ListenerSettings): TestTransport {
  const accept = acceptHostRoot(connectionServer(settings), settings);
  return {
    name: 'vsock',
    single: false,
    connect: async () => {
      const [guest, host] = socketPairDescriptors();
      accept(guest, { cid: 2, port: 1023 });
      return new Socket({ fd: host });
    },
  };
}
