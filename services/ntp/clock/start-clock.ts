import { visibleTime } from '../../../lib/errors/visible-time.ts';
import type { Logger } from '../../../lib/service/service.ts';
import { readState } from '../files/state-file.ts';
import type { Clock } from './clock.ts';

export interface ClockStart {
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  /** Milliseconds since 1970: the machine's kernel was built then. */
  readonly kernelDate: number | undefined;
}

/**
 * Takes over what was kept over reboots: the clock begins no earlier than it can be. Returns the earliest
 * time that is believed, in nanoseconds since 1970.
 */
export function startClock({ clock, log, kernelDate }: ClockStart, stateFile: string | undefined): bigint {
  const saved = stateFile === undefined ? undefined : readState(stateFile);
  if (saved?.frequency !== undefined) clock.setFrequency(saved.frequency);
  const floorMs = Math.max(kernelDate ?? 0, saved?.timeMs ?? 0);
  const floor = BigInt(Math.round(floorMs)) * 1_000_000n;
  const now = clock.now();
  if (now < floor) {
    const [from, to] = [now, floor].map((ns) => visibleTime(ns / 1_000_000n));
    log.warn(`the clock said ${from}; it begins at ${to}, when this machine was last known to run`);
    clock.step(floor - now);
  }
  return floor;
}
