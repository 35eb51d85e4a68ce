import type { Clock } from './clock.ts';

/** Readings of the clocks that a standstill moves against each other, in seconds. */
export interface Readings {
  /** What the kernel counts as sleep. */
  readonly asleep: number;
  /** How far the battery-backed clock is ahead; undefined without one. */
  readonly hardwareAhead: number | undefined;
}

/** The battery-backed clock counts whole seconds, and is read at any moment within them. */
const coarse = 2.5;

export function readClocks(clock: Clock): Readings {
  const hardware = clock.hardware();
  return {
    asleep: clock.asleep(),
    hardwareAhead: hardware === undefined ? undefined : hardware - Number(clock.now()) / 1e9,
  };
}

/**
 * How long the machine stood still between two readings, in seconds, if it did: it slept, which the kernel
 * knows; or its virtual machine was stopped, or its host slept, and only the battery-backed clock went on. It
 * looks the same when somebody sets the clock back, which is answered in the same way.
 */
export function standstill(before: Readings, after: Readings): number | undefined {
  const slept = after.asleep - before.asleep;
  if (slept > 1) return slept;
  if (before.hardwareAhead === undefined || after.hardwareAhead === undefined) return undefined;
  // When the clock has been set right, the kernel sets the battery-backed one, which is then not ahead.
  if (after.hardwareAhead < coarse) return undefined;
  const moved = after.hardwareAhead - before.hardwareAhead;
  return moved > coarse ? moved : undefined;
}
