/**
 * Returns a function that waits for one callback at a time, until it is called or `signal` is aborted. It
 * adds one listener to the signal: a listener, or a race, for each wait would be kept for as long as the
 * signal lives.
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
