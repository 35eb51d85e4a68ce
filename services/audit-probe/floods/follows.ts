import type { ClientHttp2Stream } from 'node:http2';

/** Calls that last, and how many of them a server serves at one time. */
export class Follows {
  readonly #enough: number;
  readonly #over = Promise.withResolvers<void>();
  #open = 0;
  #left = 0;
  #made = 0;
  #most = 0;

  /** @param enough open at one time, there is nothing more to be learnt */
  constructor(enough: number) {
    this.#enough = enough;
  }

  get made(): number {
    return this.#made;
  }

  /** The most that were served at one time. */
  get most(): number {
    return this.#most;
  }

  /** Resolves when all calls have ended that are not served, or enough are. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  add(stream: ClientHttp2Stream): void {
    this.#made += 1;
    this.#left += 1;
    let isOpen = false;
    stream.on('response', (headers) => {
      // A refused call ends with its first headers, which have the reason.
      if (headers[':status'] !== 200 || 'grpc-status' in headers) return;
      isOpen = true;
      this.#change(1);
    });
    stream.on('close', () => {
      this.#left -= 1;
      this.#change(isOpen ? -1 : 0);
    });
    stream.resume();
  }

  #change(by: number): void {
    this.#open += by;
    this.#most = Math.max(this.#most, this.#open);
    if (this.#open > this.#enough || this.#open >= this.#left) this.#over.resolve();
  }
}
