/** The clock that is set right: the kernel's (kernel-clock.ts), or one that a test computes. */
export interface Clock {
  /** Nanoseconds since 1970. */
  now(): bigint;
  /** Seconds since the kernel started; steps do not show in it. */
  steady(): number;
  /** Seconds for which the machine was asleep, as far as the kernel knows. */
  asleep(): number;
  /** Seconds since 1970 of the battery-backed clock; undefined where there is none. */
  hardware(): number | undefined;
  /** Sets it to seconds since 1970. @throws an error with a reason */
  setHardware(time: number): void;
  /** Adds nanoseconds at once. */
  step(ns: bigint): void;
  slew(slew: Slew): void;
  /** Parts per million by which the clock is made faster. */
  frequency(): number;
  setFrequency(ppm: number): void;
}

/** What the kernel's phase-locked loop is told at each update. */
export interface Slew {
  /** What the clock lacks, in nanoseconds: at most half a second either way. */
  readonly offset: bigint;
  /** The loop corrects a part of 2^-(2 + constant) of it each second; 0 to 10. */
  readonly constant: number;
  /** The offset is no sign of a wrong frequency. */
  readonly holdFrequency: boolean;
  /** False while the clock is known to be wrong: the kernel then tells programs so. */
  readonly isRight: boolean;
  /** Seconds: how wrong the clock may be. */
  readonly maxError: number;
  /** Seconds: how wrong it probably is. */
  readonly estimatedError: number;
  /** 1: the day ends with an additional second, 2: it lacks its last. */
  readonly leap: number;
}
