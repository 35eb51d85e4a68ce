/**
 * Returns a function that waits for one callback at a time, or until `signal` is aborted. Adds a single
 * listener to the signal: a listener or promise race per wait would be retained as long as the signal.
 */
export function waiter(signal: AbortSignal): (start: (done: () => void) => void) => Promise<void> {
  let wake = (): void => {};
  signal.addEventListener('abort', () => wake(), { once: true });
  return (start) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    if (signal.aborted) resolve();
    else start(resolve);
    return promise;
  };
}
