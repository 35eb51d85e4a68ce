import type { Service, StatusReply } from '../../../lib/control/generated/control.ts';

/** All services are ready; some are not yet; or some have failed for good, and why. */
export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'waiting'; readonly for: readonly string[] }
  | { readonly kind: 'failed'; readonly failures: readonly string[] };

/** What counts as ready. */
export interface ReadinessRules {
  /** `--allow-failed`: containers of onboot, and services, that have failed for good do not count. */
  readonly allowFailed?: boolean | undefined;
  /** The user sits at the console, and leaves a shell there when it is time (`onFailure: shell`). */
  readonly hasConsole?: boolean;
}

/** A service that was restarted this often without becoming ready is reported as failed. */
const maxRestarts = 5;

/**
 * A failed service is reported at once, as is a shell that nobody may ever leave; a failed container of
 * onboot once all services are ready, since they start all the same.
 */
export function readinessOf(
  { services, booting = false }: Pick<StatusReply, 'services'> & Partial<Pick<StatusReply, 'booting'>>,
  rules: ReadinessRules = {},
): Readiness {
  const { allowFailed = false, hasConsole = false } = rules;
  const shells = services.filter(({ state }) => state === 'shell');
  const wanted = services.filter(({ section }) => section === 'services');
  const failed = allowFailed ? [] : wanted.filter(hasFailed);
  const stuck = hasConsole ? failed : [...shells, ...failed];
  if (stuck.length > 0) return { kind: 'failed', failures: stuck.map(failureText) };
  const waiting = [...shells, ...wanted.filter(isOnTheWay)].map(({ name }) => name);
  // Without services nothing else says that onboot still runs.
  if (booting && waiting.length === 0) waiting.push('onboot');
  if (waiting.length > 0) return { kind: 'waiting', for: waiting };
  const tasks = allowFailed ? [] : failedTasks({ services });
  return tasks.length === 0 ? { kind: 'ready' } : { kind: 'failed', failures: tasks.map(failureText) };
}

/** The containers of onboot that have failed. */
export function failedTasks({ services }: Pick<StatusReply, 'services'>): Service[] {
  return services.filter(({ section, state }) => section === 'onboot' && state === 'failed');
}

/** Everything that has failed for good: containers of onboot, then services. */
export function allFailures(status: Pick<StatusReply, 'services'>): Service[] {
  const services = status.services.filter(({ section }) => section === 'services');
  return [...failedTasks(status), ...services.filter(hasFailed)];
}

function hasFailed({ state, restarts, lastExit }: Service): boolean {
  // A service that exited with status 0 and is not restarted has succeeded.
  if (state === 'stopped') return lastExit !== '' && lastExit !== 'exit status 0';
  return state === 'failed' || (state === 'backoff' && restarts >= maxRestarts);
}

const isOnTheWay = (service: Service): boolean =>
  service.state !== 'ready' && service.state !== 'stopped' && !hasFailed(service);

/** `redis does not stay up (5 restarts): exit status 1` */
export function failureText({ name, section, state, restarts, lastExit }: Service): string {
  if (state === 'shell') return `${name} failed: ${lastExit}; a shell waits on the console`;
  const verb = section === 'services' ? `is ${state}` : 'failed';
  const what = state === 'backoff' ? `does not stay up (${restarts} restarts)` : verb;
  return `${name} ${what}${lastExit ? `: ${lastExit}` : ''}`;
}
