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
import { testSocket } from '../../lib/testing.ts';
import { type House, openEntrance, type Way } from '../../services/supervisor/access/entrance.ts';
import { listenOnSocket } from '../../services/supervisor/access/listen.ts';
import { Notices } from '../../services/supervisor/access/notices.ts';
import { serveOverTls } from '../../services/supervisor/access/tls.ts';
import { doorkeeper, hostByVsock } from '../../services/supervisor/access/vsock.ts';
import { Authority } from '../certificates.ts';
import { diskTools } from '../tools.ts';
import { freePort } from '../vm/machine.ts';
import { echoing, type Open } from './control.ts';

/** A machine's ways in, with nothing behind them, in this process. */
export interface WayIn {
  readonly name: 'unix socket' | 'virtio-serial' | 'vsock' | 'TLS';
  /** One connection at a time, as the port has. */
  readonly single: boolean;
  readonly connect: () => Promise<Duplex>;
}

export class Ways implements Disposable {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit-ways-'));
  readonly socket = testSocket(this.dir, 'control.sock');
  readonly open: Open = { logs: 0, tunnels: 0 };
  /** What the machine's console shows. */
  readonly lines: string[] = [];
  readonly unix: WayIn = {
    name: 'unix socket',
    single: false,
    connect: () => connected(connect(this.socket)),
  };
  readonly all: WayIn[] = [this.unix];

  static async make(): Promise<Ways> {
    const ways = new Ways();
    // Each line, so that what each attack brings can be seen.
    let nowMs = 0;
    const notices = new Notices(
      (line) => ways.lines.push(line),
      () => {
        nowMs += 100_000;
        return nowMs;
      },
    );
    const house = { control: echoing(ways.open), production: false, notices };
    const way = (name: string): Way => ({ name, clientOf: () => ({ name, role: 'debug' }), maxCalls: 100 });
    await listenOnSocket(openEntrance(house, way('a client of the socket')), ways.socket, 0o600);
    ways.all.push(portOf(house, way('the host')), vsockOf(house), await ways.#tls(house));
    return ways;
  }

  async #tls(house: House): Promise<WayIn> {
    const tools = await diskTools();
    const authority = await Authority.make(tools, this.dir);
    await authority.sign('server', 'DNS:localhost');
    await authority.sign('client', undefined, { subject: '/OU=debug/CN=client' });
    const file = (name: string): string => join(this.dir, name);
    const paths = { ca: file('ca.pem'), certificate: file('server.pem'), key: file('server.key') };
    const port = await freePort();
    void serveOverTls(house, { host: '127.0.0.1', port, ...paths });
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

/** A virtio port of which the test is the host: each time the guest opens it, the other end of a socket pair is taken. */
function portOf(house: House, way: Way): WayIn {
  const waiting: ((host: Socket) => void)[] = [];
  const open = (): number | undefined => {
    const taker = waiting.shift();
    if (!taker) return undefined;
    const [guest, host] = socketPairDescriptors();
    taker(new Socket({ fd: host }));
    return guest;
  };
  void serveSessions(openEntrance(house, way), open);
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

/** What comes from root of a host: no machine here has a host that we are. */
function vsockOf(house: House): WayIn {
  const take = doorkeeper(openEntrance(house, hostByVsock), house.notices);
  return {
    name: 'vsock',
    single: false,
    connect: async () => {
      const [guest, host] = socketPairDescriptors();
      take(guest, { cid: 2, port: 1023 });
      return new Socket({ fd: host });
    },
  };
}
