/** Shutdown of the machine: services are stopped one at a time, in reverse start order. */
import type { Draft } from './draft.ts';
import { beginStop } from './stopping.ts';

/** From now on no service is wanted; those that are not live are stopped at once. */
export function beginShutdown(draft: Draft): void {
  if (draft.stage === 'shuttingDown' || draft.stage === 'down') return;
  draft.stage = 'shuttingDown';
  for (const service of draft.services) {
    service.wanted = false;
    service.startAfterStop = false;
    if (service.live || service.phase === 'failed') continue;
    service.phase = 'stopped';
    service.timerId = 0;
  }
}

/**
 * Stops the last service that is still up; announces the end if there is none. A live service in phase
 * `failed` has been given up.
 */
export function stopLastService(draft: Draft): void {
  const last = draft.services.findLast(({ live, phase }) => live && phase !== 'failed');
  if (last) beginStop(draft, last);
  else draft.announceDown();
}
