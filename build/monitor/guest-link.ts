import { EventEmitter } from 'node:events';
import type { ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../../lib/errors/errors.ts';
import { openGuestSession } from './guest-session.ts';

/** Milliseconds; tests choose shorter ones. */
export interface LinkTimes {
  /**
   * How long the first dial after a session waits for the guest to speak. Doubled by each dial that heard
   * nothing.
   */
  readonly patienceMs: number;
  readonly maxPatienceMs: number;
  /** Between closing and dialling again: the guest only sees that we left if it looks in between. */
  readonly pauseMs: number;
  /** A ping shows a guest side that died without a word, since the next one answers it with GOAWAY. */
  readonly pingMs: number;
  /** A session without any answer for this long is over. */
  readonly silenceMs: number;
}

const usualTimes: LinkTimes = {
  patienceMs: 700,
  maxPatienceMs: 6000,
  pauseMs: 300,
  pingMs: 2000,
  silenceMs: 16_000,
};

/**
 * Holds the one connection that QEMU grants to the guest's port, and makes a new session whenever one ends.
 */
export class GuestLink extends EventEmitter<{ session: [] }> {
  private readonly dial: () => Socket;
  private readonly times: LinkTimes;
  private current: ClientHttp2Session | undefined;
  private why = 'the guest has not answered yet';
  private readonly ending = new AbortController();

  constructor(dial: () => Socket, times: LinkTimes = usualTimes) {
    super();
    this.dial = dial;
    this.times = times;
  }

  /** The session to send requests on, if there is one. */
  get session(): ClientHttp2Session | undefined {
    return this.current && !this.current.closed && !this.current.destroyed ? this.current : undefined;
  }

  /** Why there is no session. */
  get trouble(): string {
    return this.why;
  }

  /** Keeps the link up until `close`. */
  async run(): Promise<void> {
    let patienceMs = this.times.patienceMs;
    while (!this.ending.signal.aborted) {
      try {
        const session = await openGuestSession(this.dial(), patienceMs);
        patienceMs = this.times.patienceMs;
        await this.hold(session);
        this.why = 'the guest ended the connection';
      } catch (thrown) {
        this.why = reasonOf(thrown);
        patienceMs = Math.min(2 * patienceMs, this.times.maxPatienceMs);
      }
      await pause(this.times.pauseMs, undefined, { signal: this.ending.signal }).catch(() => {});
    }
  }

  /** The guest begins anew: what there is of a session is worth nothing. */
  reset(): void {
    this.current?.destroy();
  }

  close(): void {
    this.ending.abort();
    this.current?.destroy();
  }

  /** Until the session ends, pinging it. */
  private async hold(session: ClientHttp2Session): Promise<void> {
    if (this.ending.signal.aborted) return session.destroy();
    this.current = session;
    this.emit('session');
    let heardMs = performance.now();
    const timer = setInterval(() => {
      if (performance.now() - heardMs > this.times.silenceMs) return session.destroy();
      // Called with an error as well: when too many pings are out, and when the session ends.
      session.ping((error) => {
        if (!error) heardMs = performance.now();
      });
    }, this.times.pingMs);
    // GOAWAY closes to new streams at once, and with it the connection is of no more use: 'close' would wait
    // for old ones.
    session.once('goaway', () => session.destroy());
    await new Promise<void>((resolve) => session.once('close', resolve));
    clearInterval(timer);
    this.current = undefined;
  }
}
