export interface RateLimit {
  readonly perSecond: number;
  /** That many at once, after a pause. */
  readonly burst: number;
}

/** A token bucket that counts what it turns away. */
export class Rate {
  readonly #limit: RateLimit;
  readonly #now: () => number;
  #tokens: number;
  #atMs: number;
  #skipped = 0;

  constructor(limit: RateLimit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
    this.#tokens = limit.burst;
    this.#atMs = now();
  }

  /** Undefined: there are too many now. Else the number of those turned away since the last one. */
  take(): number | undefined {
    this.#refill();
    if (this.#tokens < 1) {
      this.#skipped += 1;
      return undefined;
    }
    this.#tokens -= 1;
    const skipped = this.#skipped;
    this.#skipped = 0;
    return skipped;
  }

  /** Whether it is as if it were new. */
  get isIdle(): boolean {
    this.#refill();
    return this.#skipped === 0 && this.#tokens >= this.#limit.burst;
  }

  #refill(): void {
    const nowMs = this.#now();
    const more = ((nowMs - this.#atMs) / 1000) * this.#limit.perSecond;
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + more);
    this.#atMs = nowMs;
  }
}

/** Further keys share one rate: somebody who makes up names must not fill the memory. */
const maxKeys = 500;

/** A rate for each key. */
export class Rates {
  readonly #limit: RateLimit;
  readonly #now: () => number;
  readonly #rates = new Map<string, Rate>();
  readonly #others: Rate;

  constructor(limit: RateLimit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
    this.#others = new Rate(limit, now);
  }

  of(key: string): Rate {
    const known = this.#rates.get(key);
    if (known) return known;
    if (this.#rates.size >= maxKeys) this.#removeIdle();
    if (this.#rates.size >= maxKeys) return this.#others;
    const rate = new Rate(this.#limit, this.#now);
    this.#rates.set(key, rate);
    return rate;
  }

  #removeIdle(): void {
    for (const [key, rate] of this.#rates) if (rate.isIdle) this.#rates.delete(key);
  }
}
