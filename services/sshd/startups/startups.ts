/** Limits before the login, as MaxStartups and PerSourceMaxStartups of sshd_config(5). */
export interface StartupLimits {
  /** From here on, new connections are refused at random … */
  readonly begin: number;
  /** … with this probability in percent, which rises to 100 … */
  readonly rate: number;
  /** … at this number. */
  readonly full: number;
  /** For one source (`sourceOf`); below `begin`, so that one source alone takes nobody's chance. */
  readonly perSource: number;
}

/** Counts connections that have not logged in. */
export class Startups {
  readonly #limits: StartupLimits;
  readonly #random: () => number;
  readonly #bySource = new Map<string, number>();
  #count = 0;

  /** @param random a number from 0 to 1, without 1 */
  constructor(limits: StartupLimits, random: () => number = Math.random) {
    this.#limits = limits;
    this.#random = random;
  }

  /** Why a new connection of this source must be refused; undefined: it is welcome. */
  refuses(source: string): string | undefined {
    if ((this.#bySource.get(source) ?? 0) >= this.#limits.perSource)
      return `too many connections from ${source} that have not logged in`;
    return this.#random() * 100 < this.#refusedPercent()
      ? 'too many connections that have not logged in'
      : undefined;
  }

  /** Counts a connection until the function that this returns is called, once or more often. */
  enter(source: string): () => void {
    this.#count += 1;
    this.#bySource.set(source, (this.#bySource.get(source) ?? 0) + 1);
    let inside = true;
    return () => {
      if (inside) this.#leave(source);
      inside = false;
    };
  }

  #leave(source: string): void {
    this.#count -= 1;
    const left = (this.#bySource.get(source) ?? 1) - 1;
    if (left > 0) this.#bySource.set(source, left);
    else this.#bySource.delete(source);
  }

  #refusedPercent(): number {
    const { begin, rate, full } = this.#limits;
    if (this.#count < begin) return 0;
    if (this.#count >= full) return 100;
    return rate + ((100 - rate) * (this.#count - begin)) / (full - begin);
  }
}
