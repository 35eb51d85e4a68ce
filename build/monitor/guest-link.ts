import { EventEmitter, once } from 'node:events';
import type { ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../../lib/errors/errors.ts';
import { openGuestSession } from './guest-session.ts';
import { SilentGuest } from './silent-guest.ts';

/** Milliseconds; tests choose shorter ones. */
export interface LinkTimes {
  /**
   * How long the first connection after a session waits for the guest's first bytes. Doubled by each
   * connection that received none.
   */
  readonly patienceMs: number;
  readonly maxPatienceMs: number;
  /** Pause before reconnecting: the guest notices a closed port only if it polls the port meanwhile. */
  readonly pauseMs: number;
  /** Interval of pings. They detect a silently killed supervisor: its successor answers with GOAWAY. */
  readonly pingMs: number;
  /** A session on which the guest sends nothing for this long, no ping's answer either, is destroyed. */
  readonly silenceMs: number;
  /** How long calls, and a connection to an old session, wait for the next session. */
  readonly nextMs: number;
}

/** An emulated guest on a busy host was seen to answer a ping after 11 s. */
const silenceMs = { hardware: 16_000, emulated: 60_000 } as const;

const usualTimes: LinkTimes = {
  patienceMs: 700,
  maxPatienceMs: 6000,
  pauseMs: 300,
  pingMs: 2000,
  silenceMs: silenceMs.hardware,
  // Less than the deadline of most calls, which would not tell why there is no session.
  nextMs: 8000,
};

/** Holds the one connection that the guest's control port allows, and opens a new session when one ends. */
export class GuestLink extends EventEmitter<{ session: [] }> {
  readonly #connect: () => Socket;
  #times: LinkTimes;
  #current: ClientHttp2Session | undefined;
  #trouble = 'the guest has not answered yet';
  #heard = false;
  readonly #closing = new AbortController();

  constructor(connect: () => Socket, times: LinkTimes = usualTimes) {
    super();
    // Each call that waits for a session listens.
    this.setMaxListeners(0);
    this.#connect = connect;
    this.#times = times;
  }

  /** The session to send requests on, if there is one. */
  get session(): ClientHttp2Session | undefined {
    return this.#current && !this.#current.closed && !this.#current.destroyed ? this.#current : undefined;
  }

  /** Why there is no session. */
  get trouble(): string {
    return this.#trouble;
  }

  /**
   * The session. While a guest that has been heard has none, as between two runs of its supervisor, waits for
   * the next one, within a limit; undefined if there is none then.
   */
  async awaitSession(): Promise<ClientHttp2Session | undefined> {
    if (this.session || !this.#heard) return this.session;
    const signal = AbortSignal.any([AbortSignal.timeout(this.#times.nextMs), this.#closing.signal]);
    await once(this, 'session', { signal }).catch(() => {});
    return this.session;
  }

  /** Keeps the link up until `close`. */
  async run(): Promise<void> {
    let patienceMs = this.#times.patienceMs;
    while (!this.#closing.signal.aborted) {
      try {
        const heard = (): void => {
          this.#heard = true;
        };
        const wait = { patienceMs, nextMs: this.#times.nextMs, heard };
        const session = await openGuestSession(this.#connect(), wait);
        patienceMs = this.#times.patienceMs;
        this.#trouble = await this.#hold(session);
      } catch (thrown) {
        this.#trouble = reasonOf(thrown);
        patienceMs = Math.min(2 * patienceMs, this.#times.maxPatienceMs);
      }
      await pause(this.#times.pauseMs, undefined, { signal: this.#closing.signal }).catch(() => {});
    }
  }

  /** Waits longer for a guest whose instructions are emulated. */
  emulates(isEmulated: boolean): void {
    this.#times = { ...this.#times, silenceMs: silenceMs[isEmulated ? 'emulated' : 'hardware'] };
  }

  /** Ends a session whose guest has been reset. */
  reset(): void {
    this.#heard = false;
    this.#current?.destroy();
  }

  close(): void {
    this.#closing.abort();
    this.#current?.destroy();
  }

  /** Pings the session until it ends; resolves to the reason. */
  async #hold(session: ClientHttp2Session): Promise<string> {
    let reason = 'the guest ended the connection';
    if (this.#closing.signal.aborted) {
      session.destroy();
      return reason;
    }
    this.#current = session;
    this.emit('session');
    let heard = { bytes: 0, atMs: performance.now() };
    const timer = setInterval(() => {
      const atMs = performance.now();
      // Whatever it is: a ping's answer waits behind all that the guest sends, such as a large output.
      const { bytesRead: bytes = heard.bytes } = session.socket ?? {};
      if (bytes !== heard.bytes) heard = { bytes, atMs };
      if (atMs - heard.atMs > this.#times.silenceMs) {
        const silent = new SilentGuest(this.#times.silenceMs);
        reason = silent.message;
        return session.destroy(silent);
      }
      // Called with an error when too many pings are outstanding, and when the session ends.
      session.ping(() => {});
    }, this.#times.pingMs);
    // After GOAWAY no stream can be opened, so the connection is of no use; `close` would wait for open
    // streams.
    session.once('goaway', () => session.destroy());
    await new Promise<void>((resolve) => session.once('close', resolve));
    clearInterval(timer);
    this.#current = undefined;
    return reason;
  }
}
