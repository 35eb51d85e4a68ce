import { setTimeout as sleep } from 'node:timers/promises';
import { RegistryError } from './registry-error.ts';

export interface RetryOptions {
  readonly signal: AbortSignal;
  /** Waits before the second try, the third… */
  readonly delaysMs: readonly number[];
  readonly onWait?: ((error: RegistryError) => void) | undefined;
}

export const defaultDelaysMs = [500, 1000, 2000, 4000, 8000];

/** Longest wait that a registry may ask for. */
const longestMs = 60_000;

/**
 * Does the work again while it fails for a reason that may pass. @param progressed what grows when a try, though it
 * failed, got further: tries are then counted anew, since a connection that breaks each minute still brings a layer home
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
      // A little disorder: many who were turned away together should not come back together.
      const wanted = Math.max(delay * (0.5 + Math.random() / 2), thrown.retryAfterMs ?? 0);
      await sleep(Math.min(wanted, longestMs), undefined, { signal });
    }
  }
}
