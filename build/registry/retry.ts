import { setTimeout as sleep } from 'node:timers/promises';
import { RegistryError } from './registry-error.ts';

export interface RetryOptions {
  readonly signal: AbortSignal;
  /** Waits before the second attempt, the third… */
  readonly delaysMs: readonly number[];
  readonly onWait?: ((error: RegistryError) => void) | undefined;
}

export const defaultDelaysMs = [500, 1000, 2000, 4000, 8000];

/** The longest Retry-After that is honoured. */
const longestMs = 60_000;

/**
 * Repeats the work while it fails with a temporary RegistryError.
 * @param progressed grows with each attempt that got further than the previous one; attempts are then counted
 * from zero again, so that a download completes even if the connection breaks every minute
 */
export async function retried<T>(
  work: () => Promise<T>,
  { signal, delaysMs, onWait }: RetryOptions,
  progressed: () => number = () => 0,
): Promise<T> {
  let best = progressed();
  for (let failures = 0; ; ) {
    try {
      return await work();
    } catch (thrown) {
      signal.throwIfAborted();
      if (progressed() > best) {
        failures = 0;
        best = progressed();
      }
      const delay = delaysMs[failures];
      if (!(thrown instanceof RegistryError) || !thrown.temporary || delay === undefined) throw thrown;
      failures += 1;
      onWait?.(thrown);
      // Jitter: clients that were rejected together should not all return at the same time.
      const wanted = Math.max(delay * (0.5 + Math.random() / 2), thrown.retryAfterMs ?? 0);
      await sleep(Math.min(wanted, longestMs), undefined, { signal });
    }
  }
}
