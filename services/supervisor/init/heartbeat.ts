import { readFileSync } from 'node:fs';
import type { WatchdogConfig } from '../../../lib/bundle/watchdog.ts';
import { codeOf } from '../../../lib/errors/errors.ts';
import { printLine } from '../../../lib/log/print-line.ts';
import type { Driver } from '../service/driver.ts';
import { isCrashLoop, type ServiceState } from '../state/state.ts';
import type { InitChannel } from './init-channel.ts';

/**
 * Tells PID 1 regularly that this process is alive, as long as the services are well that `watchdog:` names;
 * PID 1 feeds the watchdog only then. Does nothing without that file.
 * @param path of the file with `WatchdogConfig`
 */
export function sendHeartbeats(driver: Driver, channel: InitChannel, path: string): void {
  const config = readConfig(path);
  if (!config) return;
  let told: string | undefined;
  const beat = (): void => {
    const fault = driver.state.stage === 'up' ? faultOf(config, driver.state.services) : undefined;
    if (fault !== undefined && fault !== told) printLine(`watchdog: ${fault}: it is not fed`, 2);
    told = fault;
    if (fault === undefined) channel.send({ kind: 'alive' });
  };
  beat();
  setInterval(beat, (config.timeoutS * 1000) / 8).unref();
}

/** Which service makes the machine count as hung, and why; undefined if none does. */
export function faultOf(
  { services: names }: WatchdogConfig,
  services: readonly ServiceState[],
): string | undefined {
  for (const service of services) {
    const fault = names.includes(service.name) ? serviceFault(service) : undefined;
    if (fault) return `service "${service.name}" ${fault}`;
  }
  return undefined;
}

/** One that a client has stopped is not at fault, nor is one that `liveness` may still restart. */
function serviceFault(service: ServiceState): string | undefined {
  const { wanted, phase, health, policy, liveness } = service;
  if (!wanted) return undefined;
  if (phase === 'failed') return 'has failed for good';
  if (isCrashLoop(service)) return 'is in a crash loop';
  if (health.state !== 'unhealthy' || (policy.liveness && !liveness.isSpent)) return undefined;
  return `is unhealthy: ${health.why}`;
}

function readConfig(path: string): WatchdogConfig | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}
