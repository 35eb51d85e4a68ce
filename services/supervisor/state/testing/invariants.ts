import type { Event, Service, World } from '../state.ts';

/**
 * What must hold after every event. No service is lost: a wanted one is live, waits for a timer that will go off or for
 * another service, or has come to its policy's end. A live one has a process or a start under way. Its phase says so.
 */
export function checkWorld(world: World, pending: readonly Event[], tasks: ReadonlySet<string>): void {
  for (const service of world.services) {
    checkPhase(service);
    if (service.live) checkLive(service, pending, tasks);
    else if (service.wanted && world.course === 'up') checkWaiting(service, world, pending);
  }
}

const livePhases: ReadonlySet<string> = new Set(['starting', 'running', 'ready', 'stopping', 'failed']);

function checkPhase({ name, phase, live, pid }: Service): void {
  if (live && !livePhases.has(phase)) throw new Error(`${name} is live, and ${phase}`);
  if (!live && phase !== 'failed' && livePhases.has(phase))
    throw new Error(`${name} is ${phase}, and not live`);
  if (!live && pid !== 0) throw new Error(`${name} is not live, and has pid ${pid}`);
}

/** Whoever waits for the end of a process that is gone, or for an answer that nobody owes, waits for ever. */
function checkLive(
  { name, run, phase }: Service,
  pending: readonly Event[],
  tasks: ReadonlySet<string>,
): void {
  const owed = pending.some(
    (event) =>
      (event.kind === 'started' || event.kind === 'exited') && event.name === name && event.run === run,
  );
  if (!owed && !tasks.has(name)) throw new Error(`${name} is ${phase}, and nothing will be heard of it`);
}

function checkWaiting(service: Service, { services }: World, pending: readonly Event[]): void {
  const { name, phase, timer, policy } = service;
  const timed = pending.some((event) => event.kind === 'timer' && event.name === name && event.id === timer);
  const reached = (other: string) => services.find((one) => one.name === other)?.reached ?? true;
  const blocked = phase === 'waiting' && !policy.after.every(reached);
  const over = policy.restart !== 'always' && (phase === 'stopped' || phase === 'failed');
  const givenUp = phase === 'failed';
  if (!timed && !blocked && !over && !givenUp) throw new Error(`${name} is wanted, ${phase}, and forgotten`);
}
