import type { ReadyProbe } from '../../../lib/bundle/bundle.ts';
import { healthCheck, watchHealth } from './health.ts';
import { findFault, type ProbeTarget, untilReady } from './probe.ts';

export interface ProbeEvents {
  onReady(): void;
  onHealth(healthy: boolean, why: string): void;
}

/** Probes one run of a service: until it is ready, then its health, until `signal` is aborted. */
export async function probeRun(
  probe: ReadyProbe,
  target: ProbeTarget,
  { onReady, onHealth }: ProbeEvents,
  signal: AbortSignal,
): Promise<void> {
  if (!(await untilReady(probe, target, signal))) return;
  onReady();
  // A line that was logged once says nothing about later health.
  if (probe.log !== undefined) return;
  const { intervalMs = healthCheck.period, retries = healthCheck.failures } = probe;
  const check = { period: intervalMs, failures: retries };
  await watchHealth(() => findFault(probe, target), onHealth, signal, check);
}
