import type { Socket } from 'node:net';

export interface HandshakeLimits {
  /** Handshakes at one time. */
  readonly total: number;
  /** Of one source. */
  readonly source: number;
  /** Milliseconds from the connection to the end of the handshake, however many bytes come. */
  readonly ms: number;
}

export const handshakeLimits: HandshakeLimits = { total: 64, source: 16, ms: 10_000 };

interface Pending {
  readonly source: string;
  readonly timer: NodeJS.Timeout;
}

/**
 * Connections whose handshake is not done: nobody knows yet who they are. They have no part in the limits of
 * admitted clients. A new one is never refused, since it may be a good client's: above a limit the oldest one
 * of the source with the most gives way. So a crowd of silent connections, whose handshakes take until their
 * time limit, loses against a client that finishes at once.
 */
export class HandshakePool {
  readonly #limits: HandshakeLimits;
  readonly #dropped: (source: string, why: string) => void;
  /** Oldest first. */
  readonly #pending = new Map<Socket, Pending>();

  /** @param dropped is told of each connection that was closed */
  constructor(dropped: (source: string, why: string) => void, limits: HandshakeLimits = handshakeLimits) {
    this.#dropped = dropped;
    this.#limits = limits;
  }

  get size(): number {
    return this.#pending.size;
  }

  add(socket: Socket, source: string): void {
    const timer = setTimeout(() => this.#drop(socket, 'its handshake took too long'), this.#limits.ms);
    this.#pending.set(socket, { source, timer });
    socket.once('close', () => this.done(socket));
    const own = [...this.#pending].filter(([, one]) => one.source === source);
    const { total, source: perSource } = this.#limits;
    if (own.length > perSource)
      this.#drop(own[0]?.[0], `${perSource} handshakes of this source are not finished`);
    else if (this.#pending.size > total)
      this.#drop(this.#oldestOfLargest(), `${total} handshakes are not finished`);
  }

  /** The handshake has succeeded, or the connection is closed. */
  done(socket: Socket): void {
    clearTimeout(this.#pending.get(socket)?.timer);
    this.#pending.delete(socket);
  }

  #drop(socket: Socket | undefined, why: string): void {
    const pending = socket && this.#pending.get(socket);
    if (!pending) return;
    this.done(socket);
    socket.destroy();
    this.#dropped(pending.source, why);
  }

  #oldestOfLargest(): Socket | undefined {
    const counts = new Map<string, number>();
    for (const { source } of this.#pending.values()) counts.set(source, (counts.get(source) ?? 0) + 1);
    const most = Math.max(...counts.values());
    return [...this.#pending].find(([, { source }]) => counts.get(source) === most)?.[0];
  }
}
