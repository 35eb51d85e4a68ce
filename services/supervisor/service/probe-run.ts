import { watchHealth } from './health.ts';
import { findFault, type ProbeTarget, untilReady } from './probe.ts';
import type { Runner } from './runner.ts';

export interface ProbeEvents {
  onReady(): void;
  onHealth(healthy: boolean, why: string): void;
}

/**
 * Probes one run of a service, whose process is `pid`: until it is ready, then its health, until `signal` is
 * aborted.
 */
export async function probeRun(
  runner: Runner,
  pid: number,
  { onReady, onHealth }: ProbeEvents,
  signal: AbortSignal,
): Promise<void> {
  const probe = runner.bundle.runtime.kit.ready ?? {};
  const target: ProbeTarget = {
    pid,
    hasLogged: () => runner.hasLogged(),
    succeeds: (command, limitMs) => runner.succeeds(command, limitMs),
  };
  if (!(await untilReady(probe, target, signal))) return;
  onReady();
  // A line once logged says nothing about the health afterwards.
  if (probe.log !== undefined) return;
  await watchHealth(() => findFault(probe, target), onHealth, signal);
}
