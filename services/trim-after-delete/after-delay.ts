/**
 * A function that runs `work` within `delayMs` after each of its calls, once for all calls in that time. Work
 * that is running when it is called runs once more.
 */
export function afterDelay(delayMs: number, work: () => Promise<void>): () => void {
  let isWaiting = false;
  let running = Promise.resolve();
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      running = running.then(work);
    }, delayMs).unref();
  };
}
