import type { SupervisorEvent } from '../events.ts';
import type { ServiceState, SupervisorState } from '../state.ts';

/**
 * Throws if the state violates what must hold after every event. A wanted service is live, waits for a timer
 * that will fire or for another service, or has reached the end of its restart policy. A live service has a
 * process or a start in progress. Its phase agrees with both. `tasks`: names of services that have a process.
 */
export function checkState(
  state: SupervisorState,
  pending: readonly SupervisorEvent[],
  tasks: ReadonlySet<string>,
): void {
  for (const service of state.services) {
    checkPhase(service);
    if (service.live) checkLive(service, pending, tasks);
    else if (service.wanted && state.stage === 'up') checkWaiting(service, state, pending);
  }
}

const livePhases: ReadonlySet<string> = new Set(['starting', 'running', 'ready', 'stopping', 'failed']);

function checkPhase({ name, phase, live, pid }: ServiceState): void {
  if (live && !livePhases.has(phase)) throw new Error(`${name} is live but ${phase}`);
  if (!live && phase !== 'failed' && livePhases.has(phase))
    throw new Error(`${name} is ${phase} but not live`);
  if (!live && pid !== 0) throw new Error(`${name} is not live but has pid ${pid}`);
}

/** A live service without a process and without a pending event would stay live for ever. */
function checkLive(
  { name, run, phase }: ServiceState,
  pending: readonly SupervisorEvent[],
  tasks: ReadonlySet<string>,
): void {
  const isPending = pending.some(
    (event) =>
      (event.kind === 'started' || event.kind === 'exited') && event.name === name && event.run === run,
  );
  if (!isPending && !tasks.has(name))
    throw new Error(`${name} is ${phase}, but no event of it will ever come`);
}

function checkWaiting(
  service: ServiceState,
  { services }: SupervisorState,
  pending: readonly SupervisorEvent[],
): void {
  const { name, phase, timerId, policy } = service;
  const isTimed = pending.some(
    (event) => event.kind === 'timer' && event.name === name && event.id === timerId,
  );
  const isReached = (other: string) => services.find((one) => one.name === other)?.reached ?? true;
  const isBlocked = phase === 'waiting' && !policy.after.every(isReached);
  const isOver = policy.restart !== 'always' && (phase === 'stopped' || phase === 'failed');
  const isGivenUp = phase === 'failed';
  if (!isTimed && !isBlocked && !isOver && !isGivenUp)
    throw new Error(`${name} is wanted but forgotten while ${phase}`);
}
