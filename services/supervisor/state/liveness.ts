/**
 * Restarts of services that run but stay unhealthy (`Liveness` of lib/bundle). They are limited twice: each
 * one within the window waits longer before the next start, and above the budget there are none until the
 * window has moved on.
 */
import type { Draft, ServiceDraft } from './draft.ts';
import { beginStop } from './stopping.ts';

/** Milliseconds: the pause before the start after the first of these restarts, doubled for each one. */
export const livenessBackoff = { first: 1000, most: 300_000 } as const;

/** The pause after the given number of restarts within the window (1, 2, …): 1 s, doubled up to 5 minutes. */
export function livenessBackoffMs(restarts: number): number {
  return Math.min(livenessBackoff.first * 2 ** Math.min(restarts - 1, 20), livenessBackoff.most);
}

/**
 * A run has begun, or was adopted. One that had been ready before its supervisor was replaced has to become
 * ready as soon as an unhealthy service has to recover.
 */
export function watchStart(draft: Draft, service: ServiceDraft): void {
  const { liveness } = service.policy;
  const ms = service.health.state === 'unknown' ? liveness?.startMs : liveness?.unhealthyMs;
  if (ms !== undefined) draft.setTimer(service, ms);
}

/** It has just become unhealthy. */
export function watchUnhealthy(draft: Draft, service: ServiceDraft): void {
  const { liveness } = service.policy;
  if (liveness) draft.setTimer(service, liveness.unhealthyMs);
}

/** It is healthy, or ready for the first time in this run. */
export function stopWatching(service: ServiceDraft): void {
  service.timerId = 0;
  if (service.liveness.isSpent) service.liveness = { ...service.liveness, isSpent: false };
}

/** The time within which the service had to become ready or healthy again is over. */
export function onLivenessTimer(draft: Draft, service: ServiceDraft, nowMs: number): void {
  const { liveness } = service.policy;
  if (!liveness || !service.wanted) return;
  const times = service.liveness.times.filter((time) => nowMs - time < liveness.windowMs);
  const [oldest] = times;
  if (oldest !== undefined && times.length >= liveness.restarts) {
    reportSpent(draft, service);
    service.liveness = { ...service.liveness, times, isSpent: true };
    draft.setTimer(service, Math.max(1, oldest + liveness.windowMs - nowMs));
    return;
  }
  const what = fault(service);
  service.liveness = { times: [...times, nowMs], count: service.liveness.count + 1, isSpent: false };
  service.isReviving = true;
  // The boot need not wait any longer for one that was never ready.
  service.failedOnce ||= !service.reached;
  draft.recordIncident(service, what);
  const { restarts, windowMs } = liveness;
  const number = `restart ${times.length + 1} of at most ${restarts} in ${seconds(windowMs)}`;
  draft.report(service, `${what}: it is stopped and started again, ${number}`, true);
  beginStop(draft, service);
}

/** It has ended after `onLivenessTimer` had stopped it, whatever its exit status and its restart policy. */
export function startAfterLiveness(draft: Draft, service: ServiceDraft): void {
  const ms = livenessBackoffMs(service.liveness.times.length);
  service.phase = 'backoff';
  draft.report(service, `stopped: ${service.lastExit}; next start in ${ms / 1000} s`);
  draft.setTimer(service, ms);
}

/** Once, until it is healthy again or the window has moved on: identical incidents would follow. */
function reportSpent(draft: Draft, service: ServiceDraft): void {
  const { liveness } = service.policy;
  if (!liveness || service.liveness.isSpent) return;
  const { restarts, windowMs } = liveness;
  const times = restarts === 1 ? 'once' : `${restarts} times`;
  const what = `${fault(service)}, and has been restarted ${times} in ${seconds(windowMs)}, which is its limit: it is left as it is`;
  draft.recordIncident(service, what);
  draft.report(service, what, true);
}

/** `stayed unhealthy for 30 s: port 80 refuses connections`, `was not ready within 60 s`. */
function fault({ health, policy: { liveness } }: ServiceDraft): string {
  if (health.state === 'unknown') return `was not ready within ${seconds(liveness?.startMs ?? 0)}`;
  const why = health.why || 'its check does not pass';
  return `stayed unhealthy for ${seconds(liveness?.unhealthyMs ?? 0)}: ${why}`;
}

const seconds = (ms: number): string => `${ms / 1000} s`;
