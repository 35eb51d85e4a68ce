/** Transitions after a process has exited or could not be started. */
import { backoff, backoffMs } from './backoff.ts';
import type { Draft, ServiceDraft } from './draft.ts';
import type { SupervisorEvent } from './events.ts';
import { exitSentence } from './exit.ts';
import { startAfterLiveness } from './liveness.ts';
import { relaunch } from './run.ts';

export function onStartFailed(draft: Draft, service: ServiceDraft, reason: string): void {
  markNotLive(service, `cannot start: ${reason}`);
  if (isStopExpected(service)) afterStop(draft, service);
  else afterFailure(draft, service, service.failures + 1, service.lastExit);
}

export function onExited(
  draft: Draft,
  service: ServiceDraft,
  { exit, shimEnded, nowMs }: SupervisorEvent & { kind: 'exited' },
): void {
  markNotLive(service, exitSentence(exit, shimEnded));
  const steady = nowMs - service.startedMs >= backoff.steady;
  const what = `ended: ${service.lastExit}`;
  const { isReviving } = service;
  service.isReviving = false;
  if (isStopExpected(service)) afterStop(draft, service);
  else if (isReviving) startAfterLiveness(draft, service);
  else if (exit?.status === 0 && service.policy.restart !== 'always') afterSuccess(draft, service, what);
  else afterFailure(draft, service, steady ? 1 : service.failures + 1, what);
}

function markNotLive(service: ServiceDraft, lastExit: string): void {
  Object.assign(service, { live: false, pid: 0, timerId: 0, lastExit } satisfies Partial<ServiceDraft>);
}

const isStopExpected = ({ startAfterStop, wanted }: ServiceDraft): boolean => startAfterStop || !wanted;

function afterStop(draft: Draft, service: ServiceDraft): void {
  draft.report(service, `stopped: ${service.lastExit}`);
  if (service.startAfterStop && draft.stage === 'up') relaunch(draft, service);
  else {
    service.phase = 'stopped';
    service.startAfterStop = false;
  }
}

function afterSuccess(draft: Draft, service: ServiceDraft, what: string): void {
  Object.assign(service, { phase: 'stopped', reached: true, failures: 0 } satisfies Partial<ServiceDraft>);
  draft.report(service, what);
}

function afterFailure(draft: Draft, service: ServiceDraft, failures: number, what: string): void {
  service.failures = failures;
  service.failedOnce = true;
  draft.recordIncident(service, what);
  if (service.policy.restart === 'no') {
    service.phase = 'failed';
    draft.report(service, what, true);
  } else startLater(draft, service, what);
}

/**
 * The console shows only the first failure and the fifth, which makes it a crash loop; the log has all of
 * them.
 */
function startLater(draft: Draft, service: ServiceDraft, what: string): void {
  const { failures } = service;
  service.phase = 'backoff';
  const ms = backoffMs(failures);
  const isLoop = failures === backoff.loop;
  const prefix = isLoop ? `crash loop, ${failures} failures in a row: ` : '';
  draft.report(service, `${prefix}${what}; next start in ${ms / 1000} s`, failures === 1 || isLoop);
  draft.setTimer(service, ms);
}
