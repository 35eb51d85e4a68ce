import { reasonOf } from '../../../lib/errors/errors.ts';
import type { Logger } from '../../../lib/service/service.ts';
import type { Clock } from './clock.ts';

/** Seconds: it counts whole ones, and is read at any moment within them. */
const coarse = 2.5;
/**
 * Seconds that the kernel has to write it: it does so within two where it does (its `ntp_notify_cmos_timer`).
 */
const patience = 8;
/** Seconds between attempts of our own, as the kernel's. */
const every = 660;

export type HardwareState = 'absent' | 'unknown' | 'right' | 'wrong';

/**
 * Sees to it that the battery-backed clock is right while the clock is. Most kernels write it themselves,
 * every eleven minutes (CONFIG_RTC_SYSTOHC, GENERIC_CMOS_UPDATE); where one does not, this does.
 */
export class HardwareKeeper {
  readonly #clock: Clock;
  readonly #log: Pick<Logger, 'info' | 'error'>;
  /** How far it was ahead of a clock that does not jump; moved by whoever sets it. */
  #ahead: number | undefined;
  #wrongSince: number | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  #problem = '';
  state: HardwareState = 'unknown';
  /** Who has set it since this program began; undefined while nobody had to. */
  setBy: 'kernel' | 'ntp' | undefined;

  constructor(clock: Clock, log: Pick<Logger, 'info' | 'error'>) {
    this.#clock = clock;
    this.#log = log;
    this.restart();
  }

  /** After a standstill, in which it went on alone: nobody has set it. */
  restart(): void {
    const hardware = this.#clock.hardware();
    this.#ahead = hardware === undefined ? undefined : hardware - this.#clock.steady();
  }

  /** To be called every few seconds. Returns whether there is another state. @param isRight the clock is */
  look(isRight: boolean): boolean {
    const before = this.state;
    const hardware = this.#clock.hardware();
    if (hardware === undefined) this.state = 'absent';
    else this.#judge(hardware, isRight);
    if (this.state !== 'wrong') this.#wrongSince = undefined;
    return this.state !== before;
  }

  #judge(hardware: number, isRight: boolean): void {
    const now = this.#clock.steady();
    const off = hardware - Number(this.#clock.now()) / 1e9;
    const moved = Math.abs(hardware - now - (this.#ahead ?? hardware - now)) > coarse;
    this.#ahead = hardware - now;
    if (!isRight) this.state = 'unknown';
    else if (Math.abs(off) <= coarse) this.#enterRight(moved);
    else this.#correct(off, now);
  }

  #enterRight(moved: boolean): void {
    this.state = 'right';
    this.#problem = '';
    if (!moved || this.setBy !== undefined) return;
    this.setBy = 'kernel';
    this.#log.info('the kernel has set the battery-backed clock');
  }

  #correct(off: number, now: number): void {
    this.state = 'wrong';
    this.#wrongSince ??= now;
    if (now - this.#wrongSince < patience || now - this.#triedAt < every) return;
    this.#triedAt = now;
    try {
      this.#clock.setHardware(Math.floor(Number(this.#clock.now()) / 1e9));
      this.restart();
      this.setBy = 'ntp';
      this.state = 'right';
      this.#log.info(
        `the battery-backed clock was off by ${off.toFixed(0)} s, and the kernel left it so: set`,
      );
    } catch (error) {
      const problem = `Cannot set the battery-backed clock: ${reasonOf(error)}`;
      if (problem !== this.#problem) this.#log.error(problem);
      this.#problem = problem;
    }
  }
}
