import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from './connect.ts';
import { unacknowledged } from './unacknowledged.ts';

/** Milliseconds. */
export interface AcknowledgementTimes {
  /** From the first write of a group until writing pauses for its acknowledgement. */
  readonly group: number;
  /**
   * The same on a new connection; longer, since a server may refuse our certificate only after reading our
   * data.
   */
  readonly first: number;
  /** From an acknowledgement until its lines count as sent (settling.ts). */
  readonly settle: number;
  /** A connection without any acknowledgement for this long is closed. */
  readonly silence: number;
}

export const defaultTimes: AcknowledgementTimes = { group: 200, first: 1000, settle: 1000, silence: 60_000 };

/**
 * Syslog has no acknowledgements, but TCP has: tells when the server's kernel has acknowledged every byte.
 * Lines that were not acknowledged when a connection broke are sent again over the next one instead of being
 * lost.
 */
export class Acknowledgements {
  readonly #connection: Connection;
  readonly #times: AcknowledgementTimes;
  readonly #onAcknowledged: () => void;
  #first = true;
  #waiting: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `onAcknowledged` is called when everything written so far is acknowledged. */
  constructor(connection: Connection, onAcknowledged: () => void, times: AcknowledgementTimes) {
    this.#connection = connection;
    this.#times = times;
    this.#onAcknowledged = onAcknowledged;
    connection.closed.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** Resolves when more may be written. */
  async ready(): Promise<void> {
    await this.#waiting;
  }

  /** Call after each write. */
  wrote(): void {
    if (this.#connection.closed.aborted) return;
    const delay = this.#first ? this.#times.first : this.#times.group;
    this.#timer ??= setTimeout(() => void this.wait(), delay);
  }

  /** Resolves when everything written is acknowledged or the connection is closed. */
  wait(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting ??= this.#poll().finally(() => {
      this.#waiting = undefined;
    });
    return this.#waiting;
  }

  async #poll(): Promise<void> {
    const { stream, raw, closed } = this.#connection;
    let least = Number.POSITIVE_INFINITY;
    let since = performance.now();
    for (let wait = 2; !closed.aborted; wait = Math.min(2 * wait, 100)) {
      const left = stream.writableLength + raw.writableLength + (unacknowledged(raw) ?? 1);
      if (left === 0) {
        this.#first = false;
        this.#onAcknowledged();
        return;
      }
      if (left < least) [least, since] = [left, performance.now()];
      if (performance.now() - since > this.#times.silence)
        stream.destroy(new Error('it acknowledges nothing'));
      await pause(wait);
    }
  }
}
