/** Stopping one service: its stop signal, then SIGKILL, then giving up. */
import type { Draft, ServiceDraft } from './draft.ts';

/** How long to wait after SIGKILL before giving up: the process hangs in the kernel, or containerd hangs. */
export const killTimeoutMs = 5000;

/**
 * The first process of a PID namespace ignores a signal that it has no handler for yet (pid_namespaces(7));
 * Node takes 0.1 s to install one, and seconds on an emulated machine. So the stop signal is repeated every
 * `resendMs` to a process younger than `youngMs`. It is not repeated to older ones: many programs treat a
 * second signal as a request to exit at once.
 */
export const stopSignalTiming = { resendMs: 1000, youngMs: 10_000 } as const;

/**
 * A process without a handler for its stop signal, which the kernel therefore drops, is killed at once:
 * nothing would come of the stop timeout. It may still install one while it is young.
 */
export function onDropped(draft: Draft, service: ServiceDraft, nowMs: number): void {
  const isAsked = service.phase === 'stopping' && service.stopSent === 'stopSignal';
  if (!isAsked || isYoung(service, nowMs)) return;
  sendSigkill(draft, service);
  draft.report(service, `has no handler for ${service.policy.stopSignal}: killed`);
}

/** During a start no signal is sent until the start has finished, but the stop timeout runs from now. */
export function beginStop(draft: Draft, service: ServiceDraft): void {
  const { policy } = service;
  if (service.phase === 'stopping') return;
  if (service.phase === 'failed') {
    // An earlier stop gave up on it: the stop timeout is over.
    sendSigkill(draft, service);
    return;
  }
  if (service.phase !== 'starting') {
    draft.kill(service, policy.stopSignal);
    draft.checkDropped(service, policy.stopSignal);
  }
  service.phase = 'stopping';
  service.stopSent = 'stopSignal';
  waitForExit(draft, service, policy.stopTimeoutMs);
}

/** Handles a timer: part of the stop timeout is over, all of it, or the time after SIGKILL. */
export function onStopTimer(draft: Draft, service: ServiceDraft, nowMs: number): void {
  if (service.stopSent !== 'stopSignal') giveUp(draft, service);
  else if (service.stopLeftMs > 0) waitLonger(draft, service, nowMs);
  else {
    sendSigkill(draft, service);
    reportKilled(draft, service);
  }
}

function waitLonger(draft: Draft, service: ServiceDraft, nowMs: number): void {
  const { stopSignal } = service.policy;
  if (isYoung(service, nowMs)) draft.kill(service, stopSignal);
  if (service.pid !== 0) draft.checkDropped(service, stopSignal);
  waitForExit(draft, service, service.stopLeftMs);
}

const isYoung = ({ pid, startedMs }: ServiceDraft, nowMs: number): boolean =>
  pid !== 0 && nowMs - startedMs < stopSignalTiming.youngMs;

function waitForExit(draft: Draft, service: ServiceDraft, leftMs: number): void {
  const ms = Math.min(leftMs, stopSignalTiming.resendMs);
  service.stopLeftMs = leftMs - ms;
  draft.setTimer(service, ms);
}

function sendSigkill(draft: Draft, service: ServiceDraft): void {
  draft.kill(service, 'SIGKILL');
  service.phase = 'stopping';
  service.stopSent = 'SIGKILL';
  draft.setTimer(service, killTimeoutMs);
}

/** An incident, as the killed process may have lost data. */
function reportKilled(draft: Draft, service: ServiceDraft): void {
  const { stopSignal, stopTimeoutMs } = service.policy;
  if (service.pid === 0 || stopTimeoutMs === 0) return;
  const what = `did not stop on ${stopSignal} within ${stopTimeoutMs / 1000} s: killed`;
  draft.recordIncident(service, what);
  draft.report(service, what, true);
}

/** It stays live: its exit may still be reported later. */
function giveUp(draft: Draft, service: ServiceDraft): void {
  const lastExit = 'did not end on SIGKILL';
  draft.recordIncident(service, lastExit);
  Object.assign(service, {
    ...{ phase: 'failed', failedOnce: true, timerId: 0, startAfterStop: false, lastExit },
  } satisfies Partial<ServiceDraft>);
  draft.report(service, lastExit, true);
}
