import type { Clock, Slew } from '../clock.ts';

/** The rate of an oscillator, and what a kernel's loop does with it (kernel/time/ntp.c), second by second. */
export class SimulatedClock implements Clock {
  readonly #real: () => bigint;
  readonly #start: bigint;
  /** Parts per million by which the oscillator itself is too fast. */
  readonly #oscillator: number;
  /** Nanoseconds by which the clock is ahead of the real one. */
  #ahead: number;
  #frequency = 0;
  /** Nanoseconds that the loop still adds. */
  #offset = 0;
  #constant = 0;
  #lastUpdate: number | undefined;
  #elapsed = 0;
  hardwareAhead: number | undefined;
  readonly steps: bigint[] = [];
  readonly slews: Slew[] = [];

  /** @param real nanoseconds since 1970 that never go wrong @param ahead nanoseconds */
  constructor(real: () => bigint, ahead = 0, oscillator = 0) {
    this.#real = real;
    this.#start = real();
    this.#ahead = ahead;
    this.#oscillator = oscillator;
  }

  now(): bigint {
    this.#run();
    return this.#real() + BigInt(Math.round(this.#ahead));
  }

  steady(): number {
    return Number(this.#real() - this.#start) / 1e9;
  }

  asleep(): number {
    return 0;
  }

  hardware(): number | undefined {
    if (this.hardwareAhead === undefined) return undefined;
    return Math.floor(Number(this.#real()) / 1e9 + this.hardwareAhead);
  }

  setHardware(time: number): void {
    this.hardwareAhead = time - Number(this.#real()) / 1e9;
  }

  step(ns: bigint): void {
    this.#run();
    this.steps.push(ns);
    this.#ahead += Number(ns);
    this.#offset = 0;
  }

  slew(slew: Slew): void {
    this.#run();
    this.slews.push(slew);
    const now = this.steady();
    const offset = Number(slew.offset);
    this.#offset = offset;
    this.#constant = slew.constant;
    if (!slew.holdFrequency && this.#lastUpdate !== undefined) {
      const seconds = Math.min(now - this.#lastUpdate, 2 ** (3 + slew.constant));
      // ntp_update_offset(): nanoseconds for each second are thousandths of a part per million.
      this.#frequency += (offset * seconds) / 2 ** (2 * (4 + slew.constant)) / 1000;
    }
    this.#lastUpdate = now;
  }

  frequency(): number {
    return this.#frequency;
  }

  setFrequency(ppm: number): void {
    this.#run();
    this.#frequency = ppm;
  }

  /** How wrong it is, in seconds. */
  get error(): number {
    this.#run();
    return this.#ahead / 1e9;
  }

  /** As if the machine had stood still: the battery-backed clock and the servers are ahead then. */
  lose(seconds: number): void {
    this.#run();
    this.#ahead -= seconds * 1e9;
  }

  #run(): void {
    const passed = this.steady() - this.#elapsed;
    this.#elapsed += passed;
    const share = 1 - (1 - 2 ** -(2 + this.#constant)) ** passed;
    const slewed = this.#offset * share;
    this.#offset -= slewed;
    this.#ahead += slewed + passed * 1000 * (this.#oscillator + this.#frequency);
  }
}
