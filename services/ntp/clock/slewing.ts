/** Nanoseconds: what one update of the kernel's loop takes (MAXPHASE in its kernel/time/ntp.c). */
const portion = 500_000_000n;
/** Seconds between portions, in which the loop at its quickest has done 98 hundredths of one. */
const every = 16;

/**
 * An offset that is too large for one update of the kernel's loop, given to it in portions: the clock goes
 * wrong by 3 hundredths of a second each second meanwhile, and by no more if this program ends.
 */
export class Slewing {
  #left: bigint;
  #nextAt: number;

  /** @param ns what the clock lacks */
  constructor(ns: bigint, now: number) {
    this.#left = ns;
    this.#nextAt = now;
  }

  /** Nanoseconds that are still to come. */
  get left(): bigint {
    return this.#left;
  }

  /** The portion that is due, in nanoseconds; 0 if none is, undefined once it is time to measure again. */
  due(now: number): bigint | undefined {
    if (now < this.#nextAt) return 0n;
    if (this.#left === 0n) return undefined;
    this.#nextAt = now + every;
    const size = this.#left > portion ? portion : this.#left < -portion ? -portion : this.#left;
    this.#left -= size;
    return size;
  }
}
