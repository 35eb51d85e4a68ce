/**
 * Positions that wait before they count: what the server's kernel has acknowledged is lost when the server's
 * program ends without having read it. The kernel then resets the connection (RFC 1122, 4.2.2.13), so what
 * was acknowledged on a connection that lives on has been read.
 */
export class Settling {
  readonly #ms: number;
  readonly #pending = new Map<NodeJS.Timeout, () => void>();

  /** @param closed drops what has not settled when it is aborted */
  constructor(ms: number, closed: AbortSignal) {
    this.#ms = ms;
    closed.addEventListener('abort', () => this.#drop());
  }

  /** Calls `commit` when it has settled. Each position includes the ones before it. */
  add(commit: () => void): void {
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      commit();
    }, this.#ms);
    this.#pending.set(timer, commit);
  }

  /** Settles the latest now: this program ends before its connection. */
  finish(): void {
    const latest = [...this.#pending.values()].at(-1);
    this.#drop();
    latest?.();
  }

  #drop(): void {
    for (const timer of this.#pending.keys()) clearTimeout(timer);
    this.#pending.clear();
  }
}
