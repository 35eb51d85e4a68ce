import type { WaitOptions } from './types/wait.ts';

/** Long, since emulated machines on a busy host are slow, and only a failure takes all of it. */
export const usualWaitMs = 180_000;

/** The signal of the options; one that is never aborted if there is none. */
export const signalOf = ({ signal }: Pick<WaitOptions, 'signal'>): AbortSignal =>
  signal ?? new AbortController().signal;
