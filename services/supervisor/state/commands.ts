/** Commands of a client of the control protocol to one service. During a shutdown nothing can be started. */
import type { Draft, ServiceDraft } from './draft.ts';
import { relaunch } from './run.ts';
import { beginStop } from './stopping.ts';

/** Starts at once: `after` applies at boot only. */
export function onStart(draft: Draft, service: ServiceDraft): void {
  if (draft.stage !== 'up') return;
  service.wanted = true;
  service.failures = 0;
  if (!service.live) relaunch(draft, service);
  else if (service.phase === 'stopping' || service.phase === 'failed') service.startAfterStop = true;
}

export function onStop(draft: Draft, service: ServiceDraft): void {
  service.wanted = false;
  service.startAfterStop = false;
  if (service.live) beginStop(draft, service);
  else if (service.phase !== 'failed') {
    service.phase = 'stopped';
    service.timerId = 0;
  }
}

export function onRestart(draft: Draft, service: ServiceDraft): void {
  if (draft.stage !== 'up') return;
  if (service.live) {
    service.wanted = true;
    service.startAfterStop = true;
    service.failures = 0;
    beginStop(draft, service);
  } else onStart(draft, service);
}
