/**
 * Milliseconds, and a count. `steady`: a run of at least this length resets the count of failures. `loop`:
 * this many failures in a row are a crash loop.
 */
export const backoff = { first: 100, most: 30_000, steady: 10_000, loop: 5 } as const;

/** How long to wait after the given number of failures in a row (1, 2, …): 100 ms, doubled up to 30 s. */
export function backoffMs(failures: number): number {
  return Math.min(backoff.first * 2 ** Math.min(failures - 1, 20), backoff.most);
}
