import type { Service, StatusReply } from '../../../lib/control/generated/control.ts';

/** All services are ready; some are not yet; or some have failed for good, and why. */
export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'waiting'; readonly for: readonly string[] }
  | { readonly kind: 'failed'; readonly failures: readonly string[] };

/** A service that was restarted this often without becoming ready is reported as failed. */
const maxRestarts = 5;

/** Ignores onboot containers: services start only after those have ended. */
export function readinessOf({ services }: Pick<StatusReply, 'services'>): Readiness {
  const wanted = services.filter(({ section }) => section === 'services');
  const failures = wanted.filter(hasFailed).map(failureText);
  if (failures.length > 0) return { kind: 'failed', failures };
  const waiting = wanted.filter(({ state }) => state !== 'ready' && state !== 'stopped');
  return waiting.length === 0 ? { kind: 'ready' } : { kind: 'waiting', for: waiting.map(({ name }) => name) };
}

function hasFailed({ state, restarts, lastExit }: Service): boolean {
  // A service that exited with status 0 and is not restarted has succeeded.
  if (state === 'stopped') return lastExit !== '' && lastExit !== 'exit status 0';
  return state === 'failed' || (state === 'backoff' && restarts >= maxRestarts);
}

/** `redis does not stay up (5 restarts): exit status 1` */
export function failureText({ name, state, restarts, lastExit }: Service): string {
  const what = state === 'backoff' ? `does not stay up (${restarts} restarts)` : `is ${state}`;
  return `${name} ${what}${lastExit ? `: ${lastExit}` : ''}`;
}
