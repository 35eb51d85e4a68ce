/** Milliseconds between two probes of a ready service, and the failures in a row that make it unhealthy. */
export const healthCheck = { period: 10_000, failures: 3 } as const;

/**
 * Probes a ready service until `signal` is aborted, and reports each change of its health. One success makes
 * it healthy again.
 * @param probe resolves to the reason why the service is unhealthy; empty if it is healthy
 */
export async function watchHealth(
  probe: () => Promise<string>,
  report: (healthy: boolean, why: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let healthy = true;
  for (let failures = 0; ; ) {
    await pause();
    if (signal.aborted) return;
    const why = await probe();
    if (signal.aborted) return;
    failures = why === '' ? 0 : failures + 1;
    const hasChanged = healthy ? failures >= healthCheck.failures : failures === 0;
    if (!hasChanged) continue;
    healthy = !healthy;
    report(healthy, why);
  }
}

/** Does not keep the process alive. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, healthCheck.period).unref();
  });
}
