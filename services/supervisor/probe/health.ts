/** Milliseconds between two probes of a ready service, and the failures in a row that make it unhealthy. */
export interface HealthCheck {
  readonly period: number;
  readonly failures: number;
}

/** Where the manifest and the image say nothing. */
export const healthCheck: HealthCheck = { period: 10_000, failures: 3 };

/**
 * Probes a ready service until `signal` is aborted, and reports each change of its health. One success makes
 * it healthy again.
 * @param probe resolves to the reason why the service is unhealthy; empty if it is healthy
 */
export async function watchHealth(
  probe: () => Promise<string>,
  report: (healthy: boolean, why: string) => void,
  signal: AbortSignal,
  { period, failures: limit }: HealthCheck = healthCheck,
): Promise<void> {
  let healthy = true;
  for (let failures = 0; ; ) {
    await pause(period);
    if (signal.aborted) return;
    const why = await probe();
    if (signal.aborted) return;
    failures = why === '' ? 0 : failures + 1;
    const hasChanged = healthy ? failures >= limit : failures === 0;
    if (!hasChanged) continue;
    healthy = !healthy;
    report(healthy, why);
  }
}

/** Does not keep the process alive. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
