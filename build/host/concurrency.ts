/** Returns a function that runs at most `count` pieces of work at a time; the others wait in order. */
export function limitConcurrency(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/**
 * Runs `work` for every item, even after a failure, at most `count` at a time. Throws the first failure after
 * all work has ended, so that nothing still writes into a folder that the caller then removes.
 */
export async function forEachConcurrent<T>(
  items: readonly T[],
  count: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const limited = limitConcurrency(count);
  const results = await Promise.allSettled(items.map((item) => limited(() => work(item))));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
