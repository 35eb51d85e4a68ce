/** Transitions from the start of a process until it exits. */
import type { Draft, ServiceDraft } from './draft.ts';
import type { SupervisorEvent } from './events.ts';
import { stopWatching, watchStart, watchUnhealthy } from './liveness.ts';
import { beginStop } from './stopping.ts';

export function onAdopted(draft: Draft, service: ServiceDraft, pid: number, nowMs: number): void {
  if (service.live) return;
  Object.assign(service, {
    ...{ phase: 'starting', live: true, run: service.run + 1, stopSent: 'none' },
  } satisfies Partial<ServiceDraft>);
  onStarted(draft, service, pid, nowMs);
}

export function onStarted(draft: Draft, service: ServiceDraft, pid: number, nowMs: number): void {
  const { policy } = service;
  service.pid = pid;
  service.startedMs = nowMs;
  if (service.phase === 'stopping' || service.phase === 'failed') {
    // A stop was requested during the start; its signal could not be sent until now.
    draft.kill(service, service.stopSent === 'stopSignal' ? policy.stopSignal : 'SIGKILL');
    return;
  }
  service.phase = 'running';
  if (!service.wanted || service.isReviving) beginStop(draft, service);
  else if (policy.probed) {
    draft.probe(service);
    watchStart(draft, service);
  } else onReady(service, nowMs);
}

export function onReady(service: ServiceDraft, nowMs: number): void {
  if (service.phase !== 'running') return;
  service.phase = 'ready';
  service.reached = true;
  stopWatching(service);
  if (service.policy.probed)
    service.health = { ...service.health, state: 'healthy', sinceMs: nowMs, why: '' };
}

/** Reports and counts. Whether an unhealthy service is restarted is for its owner to decide: `liveness`. */
export function onHealth(
  draft: Draft,
  service: ServiceDraft,
  { healthy, why, nowMs }: SupervisorEvent & { kind: 'health' },
): void {
  const state = healthy ? 'healthy' : 'unhealthy';
  if (service.phase !== 'ready' || service.health.state === state) return;
  service.health = { state, sinceMs: nowMs, falls: service.health.falls + (healthy ? 0 : 1), why };
  if (healthy) stopWatching(service);
  else watchUnhealthy(draft, service);
  draft.report(service, healthy ? 'is healthy again' : `is unhealthy: ${why}`, true);
}

/** Begins the next run of a service that is not live. */
export function launch(draft: Draft, service: ServiceDraft): void {
  Object.assign(service, {
    ...{ phase: 'starting', live: true, run: service.run + 1, startAfterStop: false, stopSent: 'none' },
    ...{ timerId: 0, pid: 0, isReviving: false, health: { ...service.health, state: 'unknown', why: '' } },
  } satisfies Partial<ServiceDraft>);
  draft.start(service);
}

/** Launches it and counts a restart, unless it is the first start. */
export function relaunch(draft: Draft, service: ServiceDraft): void {
  if (service.run > 0) service.restarts += 1;
  launch(draft, service);
}
