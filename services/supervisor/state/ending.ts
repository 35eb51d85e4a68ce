import type { Draft } from './draft.ts';
import type { Service } from './state.ts';

/** How long after SIGKILL we go on without the process: it hangs in the kernel, or containerd does. */
export const killTimeoutMs = 5000;

/**
 * The first process of a PID namespace misses a signal that comes before it has its handler, which takes Node 0.1 s, and
 * seconds on an emulated machine. So a process younger than `young` is told again; an older one has heard, and many
 * programs take a second signal for an order to hurry. Milliseconds.
 */
export const signalling = { again: 1000, young: 10_000 } as const;

/** A start that is still under way gets the signal once it has come to an end; the time counts from now. */
export function askToStop(draft: Draft, service: Service): void {
  const { name, run, phase, policy } = service;
  if (phase === 'stopping') return;
  // Given up once before: it has had its time.
  if (phase === 'failed') forceStop(draft, service);
  else {
    if (phase !== 'starting') draft.do({ kind: 'kill', name, run, signal: policy.stopSignal });
    waitForStop(draft, draft.set(service, { phase: 'stopping', force: 'asked' }), policy.stopTimeoutMs);
  }
}

/** Part of the time to stop is over, or all of it: then SIGKILL, and when that does nothing either, giving up. */
export function onStopTimer(draft: Draft, service: Service, nowMs: number): void {
  const { name, run, policy, pid, startedMs, force, stopLeftMs } = service;
  if (force !== 'asked') giveUp(draft, service);
  else if (stopLeftMs === 0) {
    forceStop(draft, service);
    if (pid !== 0 && policy.stopTimeoutMs > 0) tellStubborn(draft, service);
  } else {
    const young = pid !== 0 && nowMs - startedMs < signalling.young;
    if (young) draft.do({ kind: 'kill', name, run, signal: policy.stopSignal });
    waitForStop(draft, service, stopLeftMs);
  }
}

function waitForStop(draft: Draft, service: Service, leftMs: number): void {
  const ms = Math.min(leftMs, signalling.again);
  draft.timer(draft.set(service, { stopLeftMs: leftMs - ms }), ms);
}

/** No service is wanted any more; those that wait for something are down at once. */
export function endAll(draft: Draft): void {
  if (draft.course === 'ending' || draft.course === 'ended') return;
  draft.course = 'ending';
  for (const service of draft.services.values()) {
    const unwanted = draft.set(service, { wanted: false, again: false });
    if (!unwanted.live && unwanted.phase !== 'failed') draft.set(unwanted, { phase: 'stopped', timer: 0 });
  }
}

/** One after the other, the one started last first. A live one that is `failed` was given up. */
export function stopNext(draft: Draft): void {
  const last = [...draft.services.values()].findLast(({ live, phase }) => live && phase !== 'failed');
  if (last) askToStop(draft, last);
  else {
    draft.course = 'ended';
    draft.do({ kind: 'stopped' });
  }
}

function forceStop(draft: Draft, service: Service): void {
  draft.do({ kind: 'kill', name: service.name, run: service.run, signal: 'SIGKILL' });
  draft.timer(draft.set(service, { phase: 'stopping', force: 'killed' }), killTimeoutMs);
}

/** What it had not written yet is lost: its owner should know. */
function tellStubborn(draft: Draft, service: Service): void {
  const { name, run, policy } = service;
  const what = `did not stop on ${policy.stopSignal} within ${policy.stopTimeoutMs / 1000} s: killed`;
  draft.do({ kind: 'incident', name, run, what });
  draft.report(service, what, true);
}

function giveUp(draft: Draft, service: Service): void {
  const { name, run } = service;
  const lastExit = 'did not end on SIGKILL';
  draft.do({ kind: 'incident', name, run, what: lastExit });
  draft.set(service, { phase: 'failed', failedOnce: true, timer: 0, again: false, lastExit });
  draft.report(service, lastExit, true);
}
