/**
 * The supervisor's state machine: an event in, the next state and the actions to carry out. It is pure, so
 * that tests can run it through any order of exits, failed starts and stops (simulation.test.ts). It
 * guarantees that no service has two live runs, that no wanted service is forgotten, and that every stop and
 * the shutdown come to an end.
 */
import { markSettled, startUnblocked } from './boot.ts';
import { onRestart, onStart, onStop } from './commands.ts';
import { Draft, type ServiceDraft, type Transition } from './draft.ts';
import type { SupervisorEvent } from './events.ts';
import { onExited, onStartFailed } from './failure.ts';
import { onLivenessTimer } from './liveness.ts';
import { onReplace } from './replace.ts';
import { onAdopted, onHealth, onReady, onStarted, relaunch } from './run.ts';
import { beginShutdown, stopLastService } from './shutdown.ts';
import type { SupervisorState } from './state.ts';
import { onDropped, onStopTimer } from './stopping.ts';

/** What follows from an event. */
export function transition(state: SupervisorState, event: SupervisorEvent): Transition {
  const draft = new Draft(state);
  if (event.kind === 'shutdown') beginShutdown(draft);
  else if (event.kind === 'replace') onReplace(draft, event.services);
  else if (event.kind !== 'boot') applyToService(draft, event);
  else if (draft.stage === 'adopting') draft.stage = 'up';
  if (draft.stage === 'up') startUnblocked(draft);
  if (draft.stage === 'shuttingDown') stopLastService(draft);
  if (draft.stage === 'up' && !draft.settled) markSettled(draft);
  return draft.finish();
}

type EventOfService = Exclude<SupervisorEvent, { kind: 'boot' | 'shutdown' | 'replace' }>;

/** Ignores events of unknown services, of earlier runs and of replaced timers. */
function applyToService(draft: Draft, event: EventOfService): void {
  const service = draft.service(event.name);
  if (!service) return;
  if ('run' in event && (event.run !== service.run || !service.live)) return;
  if (event.kind === 'start') onStart(draft, service);
  else if (event.kind === 'stop') onStop(draft, service);
  else if (event.kind === 'restart') onRestart(draft, service);
  else if (event.kind === 'adopted') onAdopted(draft, service, event.pid, event.nowMs);
  else if (event.kind === 'started') onStarted(draft, service, event.pid, event.nowMs);
  else if (event.kind === 'startFailed') onStartFailed(draft, service, event.reason);
  else if (event.kind === 'exited') onExited(draft, service, event);
  else if (event.kind === 'ready') onReady(service, event.nowMs);
  else if (event.kind === 'health') onHealth(draft, service, event);
  else if (event.kind === 'dropped') onDropped(draft, service, event.nowMs);
  else if (event.kind === 'timer' && event.id === service.timerId) onTimer(draft, service, event.nowMs);
}

function onTimer(draft: Draft, service: ServiceDraft, nowMs: number): void {
  if (service.phase === 'backoff') relaunch(draft, service);
  else if (service.phase === 'stopping') onStopTimer(draft, service, nowMs);
  else if (service.phase === 'ready' || service.phase === 'running') onLivenessTimer(draft, service, nowMs);
}
