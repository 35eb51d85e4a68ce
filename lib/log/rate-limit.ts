/** Milliseconds after an event during which others of its kind are only counted. */
const quietMs = 60_000;
/**
 * Maximum number of kinds; all further ones share one. A peer that makes up names must not fill the memory.
 */
const maxKinds = 200;
const otherKind = 'other';

/** Limits how often events of a kind are reported: once a minute, with the number of those left out. */
export class RateLimit {
  readonly #now: () => number;
  readonly #kinds = new Map<string, { reportedMs: number; skipped: number }>();

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** How many events of this kind were left out since the last report; undefined: leave this one out too. */
  report(kind: string): number | undefined {
    const nowMs = this.#now();
    const key = this.#kinds.has(kind) || this.#hasRoom(nowMs) ? kind : otherKind;
    const seen = this.#kinds.get(key);
    if (seen && nowMs - seen.reportedMs < quietMs) {
      seen.skipped += 1;
      return undefined;
    }
    this.#kinds.set(key, { reportedMs: nowMs, skipped: 0 });
    return seen?.skipped ?? 0;
  }

  /** Forgets kinds that are quiet no longer, if there are too many. */
  #hasRoom(nowMs: number): boolean {
    if (this.#kinds.size < maxKinds) return true;
    for (const [kind, { reportedMs }] of this.#kinds)
      if (nowMs - reportedMs >= quietMs && kind !== otherKind) this.#kinds.delete(kind);
    return this.#kinds.size < maxKinds;
  }
}
