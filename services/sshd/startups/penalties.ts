/** How a connection ended without a login; seconds, as PerSourcePenalties of sshd_config(5). */
const seconds = {
  /** Broke a rule that no client breaks by mistake. */
  abuse: 90,
  /** Let the time for the login pass. */
  grace: 10,
  /** Tried keys, and none was accepted. */
  authfail: 5,
  /** Left without having tried. */
  noauth: 1,
} as const;

export type Offence = keyof typeof seconds;

/** Seconds: below `min` a penalty has no effect yet, so that a mistyped name or key costs nobody a minute. */
const bounds = { min: 15, max: 600 } as const;

/** Sources that are remembered; when there are more, the one whose penalty ends first is forgotten. */
const maxSources = 4096;

interface Penalty {
  /** By the clock of the constructor, in milliseconds. */
  endMs: number;
  active: boolean;
}

/** Refuses connections of sources whose earlier ones gave offence, for a time that adds up. */
export class Penalties {
  readonly #now: () => number;
  readonly #bySource = new Map<string, Penalty>();

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  refuses(source: string): boolean {
    return this.#current(source)?.active ?? false;
  }

  add(source: string, offence: Offence): void {
    const nowMs = this.#now();
    const { endMs = nowMs, active = false } = this.#current(source) ?? {};
    const end = Math.min(endMs + 1000 * seconds[offence], nowMs + 1000 * bounds.max);
    if (!this.#bySource.has(source)) this.#makeRoom();
    this.#bySource.set(source, { endMs: end, active: active || end - nowMs >= 1000 * bounds.min });
  }

  #current(source: string): Penalty | undefined {
    const penalty = this.#bySource.get(source);
    if (!penalty || penalty.endMs > this.#now()) return penalty;
    this.#bySource.delete(source);
    return undefined;
  }

  #makeRoom(): void {
    if (this.#bySource.size < maxSources) return;
    let [first, firstMs] = ['', Number.POSITIVE_INFINITY];
    for (const [source, { endMs }] of this.#bySource) if (endMs < firstMs) [first, firstMs] = [source, endMs];
    this.#bySource.delete(first);
  }
}
