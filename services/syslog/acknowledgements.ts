import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from './connect.ts';
import { unacknowledged } from './unacknowledged.ts';

/** Milliseconds. */
export interface Times {
  /** From the first write of a group until we stop and wait for its receipt. */
  readonly group: number;
  /** The same on a new connection: a server that refuses our certificate says so only after it has taken what we wrote. */
  readonly first: number;
  /** A server that acknowledges nothing for so long is gone. */
  readonly silence: number;
}

export const usualTimes: Times = { group: 200, first: 1000, silence: 60_000 };

/**
 * Syslog has no receipts, but TCP has: once the server's kernel has acknowledged every byte, what was written counts as sent.
 * What had none when a connection broke is sent again over the next, instead of being lost with the buffers of this machine.
 */
export class Receipts {
  readonly #connection: Connection;
  readonly #times: Times;
  readonly #received: () => void;
  #first = true;
  #waiting: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `received`: called when all that was written so far has a receipt. */
  constructor(connection: Connection, received: () => void, times: Times = usualTimes) {
    this.#connection = connection;
    this.#times = times;
    this.#received = received;
    connection.gone.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** Resolves when nothing stands against another write. */
  async ready(): Promise<void> {
    await this.#waiting;
  }

  /** Something was written. */
  wrote(): void {
    if (this.#connection.gone.aborted) return;
    this.#timer ??= setTimeout(() => void this.settle(), this.#first ? this.#times.first : this.#times.group);
  }

  /** Waits for the receipt of all that was written; returns without it when the connection is gone. */
  settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting ??= this.#settle().finally(() => {
      this.#waiting = undefined;
    });
    return this.#waiting;
  }

  async #settle(): Promise<void> {
    const { stream, raw, gone } = this.#connection;
    let least = Number.POSITIVE_INFINITY;
    let since = performance.now();
    for (let wait = 2; !gone.aborted; wait = Math.min(2 * wait, 100)) {
      const left = stream.writableLength + raw.writableLength + (unacknowledged(raw) ?? 1);
      if (left === 0) {
        this.#first = false;
        this.#received();
        return;
      }
      if (left < least) [least, since] = [left, performance.now()];
      if (performance.now() - since > this.#times.silence)
        stream.destroy(new Error('it acknowledges nothing'));
      await pause(wait);
    }
  }
}
