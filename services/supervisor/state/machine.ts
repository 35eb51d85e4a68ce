/**
 * The supervisor's mind: events in, a new world and the actions it asks for out. Pure, so that a test can run it
 * through any order of deaths, failed starts and stops (machine.test.ts). What it promises: never two live runs of a
 * service, no wanted service forgotten, and stopping always comes to an end.
 */
import { backoff, backoffMs } from './backoff.ts';
import { Draft, type Step } from './draft.ts';
import { askToStop, endAll, onStopTimer, stopNext } from './ending.ts';
import { exitSentence } from './exit.ts';
import type { Event, Service, World } from './state.ts';

/** The one entry: what follows from an event. */
export function step(world: World, event: Event): Step {
  const draft = new Draft(world);
  if (event.kind === 'stopAll') endAll(draft);
  else if (event.kind !== 'boot') handle(draft, event);
  else if (draft.course === 'adopting') draft.course = 'up';
  if (draft.course === 'up') releaseWaiting(draft);
  if (draft.course === 'ending') stopNext(draft);
  if (draft.course === 'up' && !draft.settled) settle(draft);
  return draft.finish();
}

function handle(draft: Draft, event: Exclude<Event, { kind: 'boot' | 'stopAll' }>): void {
  const service = draft.services.get(event.name);
  if (!service) return;
  if ('run' in event && (event.run !== service.run || !service.live)) return;
  if (event.kind === 'start') onStart(draft, service);
  else if (event.kind === 'stop') onStop(draft, service);
  else if (event.kind === 'restart') onRestart(draft, service);
  else if (event.kind === 'adopted') onAdopted(draft, service, event.pid, event.nowMs);
  else if (event.kind === 'started') onStarted(draft, service, event.pid, event.nowMs);
  else if (event.kind === 'startFailed') onStartFailed(draft, service, event.reason);
  else if (event.kind === 'exited') onExited(draft, service, event);
  else if (event.kind === 'ready') onReady(draft, service, event.nowMs);
  else if (event.kind === 'health') onHealth(draft, service, event);
  else if (event.kind === 'timer' && event.id === service.timer) onTimer(draft, service, event.nowMs);
}

function launch(draft: Draft, service: Service): void {
  const run = service.run + 1;
  draft.set(service, {
    ...{ phase: 'starting', live: true, run, again: false, force: 'none', timer: 0, pid: 0 },
    health: { ...service.health, state: 'unknown' },
  });
  draft.do({ kind: 'start', name: service.name, run });
}

/** The first start of a service is no restart. */
function launchAgain(draft: Draft, service: Service): void {
  launch(draft, draft.set(service, { restarts: service.restarts + (service.run > 0 ? 1 : 0) }));
}

/** A person asks; `after` was for the boot. */
function onStart(draft: Draft, service: Service): void {
  if (draft.course !== 'up') return;
  const wanted = draft.set(service, { wanted: true, failures: 0 });
  if (!wanted.live) launchAgain(draft, wanted);
  else if (wanted.phase === 'stopping' || wanted.phase === 'failed') draft.set(wanted, { again: true });
}

function onStop(draft: Draft, service: Service): void {
  const unwanted = draft.set(service, { wanted: false, again: false });
  if (unwanted.live) askToStop(draft, unwanted);
  else if (unwanted.phase !== 'failed') draft.set(unwanted, { phase: 'stopped', timer: 0 });
}

function onRestart(draft: Draft, service: Service): void {
  if (draft.course !== 'up') return;
  if (service.live) askToStop(draft, draft.set(service, { wanted: true, again: true, failures: 0 }));
  else onStart(draft, service);
}

function onTimer(draft: Draft, service: Service, nowMs: number): void {
  if (service.phase === 'backoff') launchAgain(draft, service);
  else if (service.phase === 'stopping') onStopTimer(draft, service, nowMs);
}

function onAdopted(draft: Draft, service: Service, pid: number, nowMs: number): void {
  if (service.live) return;
  const run = service.run + 1;
  onStarted(draft, draft.set(service, { phase: 'starting', live: true, run, force: 'none' }), pid, nowMs);
}

function onStarted(draft: Draft, service: Service, pid: number, nowMs: number): void {
  const { name, policy, run, phase } = service;
  const started = draft.set(service, { pid, startedMs: nowMs });
  if (phase === 'stopping' || phase === 'failed') {
    // Somebody asked for a stop while the start was under way, and has waited since.
    const signal = started.force === 'asked' ? policy.stopSignal : 'SIGKILL';
    draft.do({ kind: 'kill', name, run, signal });
  } else if (!started.wanted) askToStop(draft, draft.set(started, { phase: 'running' }));
  else {
    const running = draft.set(started, { phase: 'running' });
    if (policy.probed) draft.do({ kind: 'probe', name, run });
    else onReady(draft, running, nowMs);
  }
}

function onReady(draft: Draft, service: Service, nowMs: number): void {
  if (service.phase !== 'running') return;
  const ready = draft.set(service, { phase: 'ready', reached: true });
  if (ready.policy.probed)
    draft.set(ready, { health: { ...ready.health, state: 'healthy', sinceMs: nowMs } });
}

/** Told, counted, and left at that: whether a sick service is better than a restarted one only its owner knows. */
function onHealth(draft: Draft, service: Service, { healthy, why, nowMs }: Event & { kind: 'health' }): void {
  const state = healthy ? 'healthy' : 'unhealthy';
  if (service.phase !== 'ready' || service.health.state === state) return;
  const falls = service.health.falls + (healthy ? 0 : 1);
  draft.set(service, { health: { state, sinceMs: nowMs, falls } });
  draft.report(service, healthy ? 'is healthy again' : `is unhealthy: ${why}`, true);
}

function onStartFailed(draft: Draft, service: Service, reason: string): void {
  const down = draft.set(service, { live: false, pid: 0, timer: 0, lastExit: `cannot start: ${reason}` });
  if (down.again || !down.wanted) afterStop(draft, down);
  else afterFailure(draft, down, down.failures + 1, down.lastExit);
}

function onExited(draft: Draft, service: Service, { exit, nowMs }: Event & { kind: 'exited' }): void {
  const down = draft.set(service, { live: false, pid: 0, timer: 0, lastExit: exitSentence(exit) });
  const steady = nowMs - down.startedMs >= backoff.steady;
  if (down.again || !down.wanted) afterStop(draft, down);
  else if (exit?.status === 0 && down.policy.restart !== 'always') {
    draft.report(
      draft.set(down, { phase: 'stopped', reached: true, failures: 0 }),
      `ended: ${down.lastExit}`,
    );
  } else afterFailure(draft, down, steady ? 1 : down.failures + 1, `ended: ${down.lastExit}`);
}

function afterStop(draft: Draft, service: Service): void {
  draft.report(service, `stopped: ${service.lastExit}`);
  if (service.again && draft.course === 'up') launchAgain(draft, service);
  else draft.set(service, { phase: 'stopped', again: false });
}

/** On the console: the first failure, and that it has become a crash loop; the log has them all. */
function afterFailure(draft: Draft, service: Service, failures: number, what: string): void {
  const { name, run, policy } = service;
  const failed = draft.set(service, { failures, failedOnce: true });
  draft.do({ kind: 'incident', name, run, what });
  if (policy.restart === 'no') draft.report(draft.set(failed, { phase: 'failed' }), what, true);
  else {
    const ms = backoffMs(failures);
    const loop = failures === backoff.loop;
    const first = loop ? `crash loop, ${failures} failures in a row: ` : '';
    draft.report(failed, `${first}${what}; next start in ${ms / 1000} s`, failures === 1 || loop);
    draft.timer(draft.set(failed, { phase: 'backoff' }), ms);
  }
}

/** Services start as soon as all they come after were ready once; nobody waits for anything else. */
function releaseWaiting(draft: Draft): void {
  for (const service of [...draft.services.values()]) {
    const mayStart = service.policy.after.every((name) => draft.services.get(name)?.reached ?? true);
    if (service.phase === 'waiting' && mayStart) launch(draft, service);
  }
}

/** Once: when each service was ready, came to an end or failed; who waits for a failed one counts as failed. */
function settle(draft: Draft): void {
  const failed = new Set<string>();
  for (const { name, reached, failedOnce, wanted, policy } of draft.services.values()) {
    const blocked = policy.after.some((other) => failed.has(other));
    if (reached || !wanted) continue;
    if (!failedOnce && !blocked) return;
    failed.add(name);
  }
  draft.settled = true;
  draft.do({ kind: 'settled', failed: [...failed] });
}
