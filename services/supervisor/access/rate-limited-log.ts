/** Milliseconds after a line during which others of its kind are only counted. */
const quietMs = 60_000;
/**
 * Maximum number of kinds; all further ones share one. A peer that makes up names must not fill the memory.
 */
const maxKinds = 200;
const otherKind = 'other';

/**
 * Logs problems with clients. The first line of a kind is logged at once; further ones within a minute are
 * counted, and the count is added to the next line after that. A port scanner, or a script that retries for
 * ever, costs one line a minute.
 */
export class RateLimitedLog {
  readonly #write: (line: string) => void;
  readonly #now: () => number;
  readonly #kinds = new Map<string, { loggedMs: number; skipped: number }>();

  constructor(write: (line: string) => void, now: () => number = () => performance.now()) {
    this.#write = write;
    this.#now = now;
  }

  log(kind: string, line: string): void {
    const key = this.#kinds.has(kind) || this.#kinds.size < maxKinds ? kind : otherKind;
    const seen = this.#kinds.get(key);
    const nowMs = this.#now();
    if (seen && nowMs - seen.loggedMs < quietMs) {
      seen.skipped += 1;
      return;
    }
    const more = seen && seen.skipped > 0 ? ` (and ${seen.skipped} more since the last such line)` : '';
    this.#kinds.set(key, { loggedMs: nowMs, skipped: 0 });
    this.#write(`control: ${line}${more}`);
  }
}
