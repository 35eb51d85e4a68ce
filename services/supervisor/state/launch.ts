import type { Draft, ServiceDraft } from './draft.ts';

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
