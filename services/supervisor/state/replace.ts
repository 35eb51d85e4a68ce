/** Another set of services, by an update: what is the same runs on. */
import type { Draft } from './draft.ts';
import type { ReplacedService } from './events.ts';
import { inStartOrder } from './start-order.ts';
import { newService } from './state.ts';

/**
 * Services that are not in the new set are forgotten. The caller has stopped these, and those that are fresh;
 * one that is live all the same stays as it is, since its process could not be stopped any more.
 */
export function onReplace(draft: Draft, services: readonly ReplacedService[]): void {
  if (draft.stage !== 'up') return;
  const kept = draft.services.filter(({ name, live }) => live && !services.some((one) => one.name === name));
  const next = services.map(({ name, policy, fresh, wanted }) => {
    const before = draft.service(name);
    if (before && (!fresh || before.live)) return { ...before, policy };
    // The number of its run goes on, so that late events of an earlier run are ignored.
    const { run = 0, restarts = 0, lastExit = '' } = before ?? {};
    return newService(name, policy, { run, restarts, lastExit, wanted });
  });
  draft.replaceAll(inStartOrder([...next, ...kept]));
}
