import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Every address of 127.0.0.0/8 is this machine's, so that a listener sees peers of several sources. Those of
 * the crowd are nobody else's: what a server holds against them harms no other attack.
 */
const crowdSource = (at: number): string => `127.77.1.${at + 1}`;
/** Of the client who has done nothing wrong. */
export const goodSource = '127.77.2.1';
/** Of the one that floods. */
export const floodSource = '127.77.3.1';

/** What a busy machine may take to accept all of a crowd. */
const openMs = 20_000;

/** Connections that say nothing, and are kept open. */
export class Crowd implements Disposable {
  readonly #sockets: readonly Socket[];

  constructor(sockets: readonly Socket[]) {
    this.#sockets = sockets;
  }

  /** Of `count` peers at that many addresses. Resolves once each is connected, or refused. */
  static async ofPeers(at: { host: string; port: number }, count: number, addresses: number): Promise<Crowd> {
    const peers = Array.from({ length: count }, (_, index) => ({
      ...at,
      localAddress: crowdSource(index % addresses),
    }));
    return Crowd.of(peers);
  }

  /** Of connections to a unix socket. */
  static async atSocket(path: string, count: number): Promise<Crowd> {
    return Crowd.of(Array.from({ length: count }, () => ({ path })));
  }

  static async of(peers: readonly NetConnectOpts[]): Promise<Crowd> {
    const sockets = peers.map((peer) => connect(peer).on('error', () => {}));
    const settled = Promise.all(sockets.map(isSettled));
    await Promise.race([settled, pause(openMs, undefined, { ref: false })]);
    return new Crowd(sockets);
  }

  [Symbol.dispose](): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

const isSettled = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('connect', () => resolve()).once('close', () => resolve());
    // Without a reader, it would not see that the other end has closed it.
    socket.resume();
  });
