import type { WaitOptions } from './types/wait.ts';

/** The signal of the options; one that is never aborted if there is none. */
export const signalOf = ({ signal }: Pick<WaitOptions, 'signal'>): AbortSignal =>
  signal ?? new AbortController().signal;
