import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Driver } from '../service/driver.ts';
import type { ServiceState } from '../state/state.ts';

/** How long new services have, in milliseconds. */
export interface Patience {
  /** Until all are ready. */
  readonly readyMs: number;
  /** For which they must then stay so. */
  readonly steadyMs: number;
}

/** Why an update fails: one of its services, and what is wrong with it. */
export interface Fault {
  /** Empty: it is no service's fault. */
  readonly service: string;
  /** `does not stay up: exit status 1`, to follow the name of the service. */
  readonly what: string;
}

/** A service that fails as often in a row does not stay up. */
const mostFailures = 3;

/**
 * Resolves once all have been ready for some time, or to the first fault. `onReady`: once for each of them.
 */
export async function untilSteady(
  driver: Driver,
  names: readonly string[],
  { readyMs, steadyMs }: Patience,
  onReady: (name: string) => void = () => {},
): Promise<Fault | undefined> {
  const endMs = performance.now() + readyMs;
  const seen = new Set<string>();
  let steadySince: { readonly runs: string; readonly ms: number } | undefined;
  for (;;) {
    const nowMs = performance.now();
    if (driver.state.stage !== 'up') return { service: '', what: 'the machine shuts down' };
    const services = names.flatMap((name) => driver.service(name) ?? []);
    const fault = services.map(faultOf).find((one) => one !== undefined);
    if (fault) return fault;
    const late = services.find((one) => !isUp(one));
    for (const { name } of services.filter(isUp)) {
      if (!seen.has(name)) onReady(name);
      seen.add(name);
    }
    const runs = services.map(({ run }) => run).join();
    if (late) steadySince = undefined;
    else if (steadySince?.runs !== runs) steadySince = { runs, ms: nowMs };
    if (steadySince && nowMs - steadySince.ms >= steadyMs) return undefined;
    if (late && nowMs >= endMs) return { service: late.name, what: lateText(late, readyMs) };
    const nextMs = steadySince ? steadySince.ms + steadyMs : endMs;
    await changeOr(driver, Math.max(1, nextMs - nowMs));
  }
}

/** Resolves at the next change of the driver's state, or after the time. */
export async function changeOr(driver: Driver, ms: number): Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  try {
    await Promise.race([once(driver, 'change', { signal }), pause(ms, undefined, { signal })]);
  } finally {
    stop.abort();
  }
}

/** A service that a client has stopped, or that has done its work, is not waited for. */
const isUp = ({ phase, wanted, reached, health }: ServiceState): boolean =>
  !wanted || (phase === 'ready' && health.state !== 'unhealthy') || (phase === 'stopped' && reached);

function faultOf({ name, phase, failures, lastExit }: ServiceState): Fault | undefined {
  const fails = phase === 'failed' || (phase === 'backoff' && failures >= mostFailures);
  return fails ? { service: name, what: `does not stay up: ${lastExit}` } : undefined;
}

/** How it last ended counts only if that was in this update. */
function lateText({ lastExit, failures, health }: ServiceState, readyMs: number): string {
  const ended = failures > 0 ? lastExit : '';
  const why = health.state === 'unhealthy' ? health.why : ended;
  return `was not ready within ${readyMs / 1000} s${why ? `: ${why}` : ''}`;
}
