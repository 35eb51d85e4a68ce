import type { Draft } from './draft.ts';
import { launch } from './run.ts';

/** Starts each waiting service as soon as every service in its `after` has been ready once. */
export function startUnblocked(draft: Draft): void {
  for (const service of draft.services) {
    const isUnblocked = service.policy.after.every((name) => draft.service(name)?.reached ?? true);
    if (service.phase === 'waiting' && isUnblocked) launch(draft, service);
  }
}

/**
 * Announces, once, that every service has been ready, has finished or has failed since the boot. A service
 * that waits for a failed one counts as failed.
 */
export function markSettled(draft: Draft): void {
  const failed = new Set<string>();
  for (const { name, reached, failedOnce, wanted, policy } of draft.services) {
    const isBlocked = policy.after.some((other) => failed.has(other));
    if (reached || !wanted) continue;
    if (!failedOnce && !isBlocked) return;
    failed.add(name);
  }
  draft.announceSettled([...failed]);
}
