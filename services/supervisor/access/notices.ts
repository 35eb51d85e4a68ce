/** How long what was told is only counted, in milliseconds. */
const quietMs = 60_000;
/** More kinds than this are not told apart: a peer that makes up names must not fill our memory. */
const maxKinds = 200;
const other = 'other';

/**
 * Tells what went wrong with clients, one line each: the first of a kind at once, and what comes within a minute of it
 * with the next one, as a number. A port scanner, or a script that asks for ever, so costs a line a minute.
 */
export class Notices {
  readonly #say: (line: string) => void;
  readonly #now: () => number;
  readonly #kinds = new Map<string, { toldMs: number; untold: number }>();

  constructor(say: (line: string) => void, now: () => number = () => performance.now()) {
    this.#say = say;
    this.#now = now;
  }

  tell(kind: string, line: string): void {
    const key = this.#kinds.has(kind) || this.#kinds.size < maxKinds ? kind : other;
    const seen = this.#kinds.get(key);
    const nowMs = this.#now();
    if (seen && nowMs - seen.toldMs < quietMs) {
      seen.untold += 1;
      return;
    }
    const more = seen && seen.untold > 0 ? ` (and ${seen.untold} more since the last such line)` : '';
    this.#kinds.set(key, { toldMs: nowMs, untold: 0 });
    this.#say(`control: ${line}${more}`);
  }
}
