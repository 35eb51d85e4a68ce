import { nanosecondsOf, secondsOf } from '../protocol/timestamp.ts';

export interface Limits {
  /** Seconds: a step at the start, or after a standstill, goes no further. */
  readonly maxStep: number;
  /** Seconds: a running clock that is further from the servers' time than this is left alone. */
  readonly panic: number;
}

/** What is to be done about an offset. */
export type Correction =
  | { readonly kind: 'step'; readonly ns: bigint }
  /** Small enough to call the clock right: the kernel's loop learns its frequency from it. */
  | { readonly kind: 'follow'; readonly ns: bigint }
  /** The clock is wrong, and goes towards the right time without a jump. */
  | { readonly kind: 'slew'; readonly ns: bigint }
  | { readonly kind: 'refuse'; readonly why: string };

/** Seconds: a clock is right that is no further off, and is not stepped (STEPT). */
export const stepThreshold = 0.128;

/** Decides what happens to the clock. @param mayStep at the start, and after a standstill */
export function correct(
  offset: bigint,
  { mayStep, maxStep, panic }: Limits & { readonly mayStep: boolean },
): Correction {
  const seconds = Math.abs(secondsOf(offset));
  const ns = nanosecondsOf(offset);
  if (mayStep && seconds > stepThreshold) {
    if (seconds <= maxStep) return { kind: 'step', ns };
    return { kind: 'refuse', why: `more than the ${maxStep} s that --max-step allows` };
  }
  if (seconds > panic) return { kind: 'refuse', why: `more than the ${panic} s that --panic allows` };
  if (seconds > stepThreshold) return { kind: 'slew', ns };
  return { kind: 'follow', ns };
}

/** As ntpd's for a kernel that counts nanoseconds: the further apart the updates, the slower the loop. */
export const loopConstant = (poll: number): number => Math.min(10, Math.max(0, poll));
