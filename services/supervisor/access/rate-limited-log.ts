import { RateLimit } from '../../../lib/log/rate-limit.ts';

/**
 * Logs problems with clients. The first line of a kind is logged at once; further ones within a minute are
 * counted, and the count is added to the next line after that. A port scanner, or a script that retries for
 * ever, costs one line a minute.
 */
export class RateLimitedLog {
  readonly #write: (line: string) => void;
  readonly #limit: RateLimit;

  constructor(write: (line: string) => void, now?: () => number) {
    this.#write = write;
    this.#limit = new RateLimit(now);
  }

  log(kind: string, line: string): void {
    const skipped = this.#limit.report(kind);
    if (skipped === undefined) return;
    const more = skipped > 0 ? ` (and ${skipped} more since the last such line)` : '';
    this.#write(`control: ${line}${more}`);
  }
}
