/** Seconds: how long the first frequency is measured (RFC 5905, section 12: the stepout threshold is 300). */
const period = 600;

/**
 * Measures how wrong the oscillator is, since the kernel's loop alone would take hours to learn it, and the
 * clock would be off by a tenth of a second meanwhile: what has to be corrected in ten minutes.
 */
export class FirstFrequency {
  readonly #since: number;
  #sum = 0;

  /** @param now when the clock was right, in seconds of one that does not jump */
  constructor(now: number) {
    this.#since = now;
  }

  /**
   * Takes a correction that is made whole before the next, in seconds. Returns the frequency in parts per
   * million, once it is known.
   */
  corrected(offset: number, measuredAt: number): number | undefined {
    this.#sum += offset;
    const passed = measuredAt - this.#since;
    return passed < period ? undefined : Math.max(-500, Math.min(500, (this.#sum / passed) * 1e6));
  }
}

/** The constant of the kernel's loop with which a correction is whole after a minute. */
export const quickConstant = 2;
