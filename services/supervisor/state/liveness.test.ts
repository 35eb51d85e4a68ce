import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Liveness } from '../../../lib/bundle/bundle.ts';
import { savedService } from '../service/state-file.ts';
import type { SupervisorAction, SupervisorEvent } from './events.ts';
import { livenessBackoffMs } from './liveness.ts';
import { initialState, newService, type Policy, type ServiceState, type SupervisorState } from './state.ts';
import { deepFreeze } from './testing/freeze.ts';
import { transition } from './transition.ts';

const liveness: Liveness = { unhealthyMs: 30_000, startMs: 60_000, restarts: 2, windowMs: 600_000 };
const policy: Policy = {
  ...{ restart: 'always', after: [], probed: true, stopSignal: 'SIGTERM', stopTimeoutMs: 1000, liveness },
};

const stateOf = (change: Partial<Policy> = {}): SupervisorState =>
  initialState([newService('a', { ...policy, ...change })]);

function play(before: SupervisorState, ...events: SupervisorEvent[]) {
  const actions: SupervisorAction[] = [];
  let state = before;
  for (const event of events) {
    const next = transition(deepFreeze(state), event);
    state = next.state;
    actions.push(...next.actions);
  }
  return { state, actions, service: only(state) };
}

function only({ services: [service] }: SupervisorState): ServiceState {
  if (!service) throw new Error('no service');
  return service;
}

const boot: SupervisorEvent = { kind: 'boot' };
const started = (run = 1, nowMs = 0): SupervisorEvent => ({
  kind: 'started',
  name: 'a',
  run,
  pid: 10,
  nowMs,
});
const ready = (run = 1, nowMs = 0): SupervisorEvent => ({ kind: 'ready', name: 'a', run, nowMs });
const health = (healthy: boolean, run = 1, nowMs = 0): SupervisorEvent => ({
  ...{ kind: 'health', name: 'a', run, healthy, why: healthy ? '' : 'port 80 refuses connections', nowMs },
});
const timer = (id: number, nowMs: number): SupervisorEvent => ({ kind: 'timer', name: 'a', id, nowMs });
const exited = (run: number, nowMs: number, status = 143): SupervisorEvent => {
  const counted = { memoryLimit: null, oomKills: 0, processLimit: null, forksRefused: 0 };
  return { kind: 'exited', name: 'a', run, exit: { status, counted }, nowMs };
};
const timers = (actions: readonly SupervisorAction[]) =>
  actions.flatMap((action) => (action.kind === 'timer' ? [action.ms] : []));
const incidents = (actions: readonly SupervisorAction[]) =>
  actions.flatMap((action) => (action.kind === 'incident' ? [action.what] : []));

const up = play(stateOf(), boot, started(), ready());
const unhealthy = play(up.state, health(false, 1, 100));

test('an unhealthy service gets a time to recover, and a healthy one is left alone', () => {
  expect(timers(unhealthy.actions)).toEqual([30_000]);
  const recovered = play(unhealthy.state, health(true, 1, 200), timer(unhealthy.service.timerId, 30_100));
  expect(recovered.service).toMatchObject({ phase: 'ready', timerId: 0, liveness: { count: 0 } });
  expect(recovered.actions.map(({ kind }) => kind)).toEqual(['report']);
});

test('one that stays unhealthy is stopped, and started again after a pause, with the cause as an incident', () => {
  const stopping = play(unhealthy.state, timer(unhealthy.service.timerId, 30_100));
  expect(stopping.service).toMatchObject({ phase: 'stopping', isReviving: true });
  expect(incidents(stopping.actions)).toEqual(['stayed unhealthy for 30 s: port 80 refuses connections']);
  expect(stopping.actions).toContainEqual({ kind: 'kill', name: 'a', run: 1, signal: 'SIGTERM' });
  const waiting = play(stopping.state, exited(1, 31_000, 0));
  expect(waiting.service).toMatchObject({ phase: 'backoff', isReviving: false, failures: 0 });
  expect(timers(waiting.actions)).toEqual([1000]);
  const again = play(waiting.state, timer(waiting.service.timerId, 32_000));
  expect(again.actions).toEqual([{ kind: 'start', name: 'a', run: 2 }]);
  expect(again.service).toMatchObject({ restarts: 1, liveness: { count: 1, times: [30_100] } });
});

test('a service without liveness is reported, and nothing else', () => {
  const { liveness: _, ...plain } = policy;
  const plainState = initialState([newService('a', plain)]);
  const { actions, service } = play(plainState, boot, started(), ready(), health(false));
  expect(service).toMatchObject({ phase: 'ready', timerId: 0 });
  expect(actions.map(({ kind }) => kind)).toEqual(['start', 'probe', 'settled', 'report']);
});

test('a start that never becomes ready is ended, and no longer holds up the boot', () => {
  const begun = play(stateOf(), boot, started());
  expect(timers(begun.actions)).toEqual([60_000]);
  const { actions } = play(begun.state, timer(begun.service.timerId, 60_000));
  expect(incidents(actions)).toEqual(['was not ready within 60 s']);
  expect(actions.at(-1)).toEqual({ kind: 'settled', failed: ['a'] });
  const { startMs: _, ...patient } = liveness;
  expect(timers(play(stateOf({ liveness: patient }), boot, started()).actions)).toEqual([]);
});

/** Unhealthy for too long, stopped and started again. */
function revive(before: SupervisorState, run: number, nowMs: number) {
  const sick = play(before, health(false, run, nowMs));
  const stopping = play(sick.state, timer(sick.service.timerId, nowMs + 30_000));
  if (stopping.service.phase !== 'stopping') return stopping;
  const waiting = play(stopping.state, exited(run, nowMs + 30_000));
  const back = [timer(waiting.service.timerId, nowMs), started(run + 1, nowMs), ready(run + 1, nowMs)];
  return play(waiting.state, ...back);
}

test('above the budget it is left as it is, which is said once, until the window has moved on', () => {
  const twice = revive(revive(up.state, 1, 0).state, 2, 100_000);
  expect(twice.service.liveness).toEqual({ times: [30_000, 130_000], count: 2, isSpent: false });
  const spent = revive(twice.state, 3, 200_000);
  expect(spent.service).toMatchObject({ phase: 'ready', health: { state: 'unhealthy' } });
  expect(incidents(spent.actions)).toEqual([
    'stayed unhealthy for 30 s: port 80 refuses connections, and has been restarted 2 times in 600 s, ' +
      'which is its limit: it is left as it is',
  ]);
  // The first restart leaves the window at 630 s.
  expect(timers(spent.actions)).toEqual([400_000]);
  const early = play(spent.state, timer(spent.service.timerId, 629_999));
  expect(early.actions).toEqual([expect.objectContaining({ kind: 'timer', ms: 1 })]);
  const later = play(early.state, timer(early.service.timerId, 630_000));
  expect(later.service).toMatchObject({
    phase: 'stopping',
    liveness: { times: [130_000, 630_000], count: 3 },
  });
});

test('a request to stop or restart comes first', () => {
  const stopping = play(unhealthy.state, timer(unhealthy.service.timerId, 30_100));
  const stopped = play(stopping.state, { kind: 'stop', name: 'a' }, exited(1, 31_000));
  expect(stopped.service).toMatchObject({ phase: 'stopped', isReviving: false });
  const restarted = play(stopping.state, { kind: 'restart', name: 'a' }, exited(1, 31_000));
  expect(restarted.service).toMatchObject({ phase: 'starting', run: 2 });
});

test('a shutdown restarts nothing', () => {
  const down = play(
    unhealthy.state,
    { kind: 'shutdown' },
    timer(unhealthy.service.timerId, 40_000),
    exited(1, 41_000),
  );
  expect(down.service).toMatchObject({ phase: 'stopped', liveness: { count: 0 } });
});

test('the next supervisor knows the budget, and goes on with what the last one had begun', () => {
  const adopt = (from: ServiceState) => {
    const fresh = newService('a', policy, { ...savedService(from), pid: 0 });
    return play(initialState([fresh], true), { kind: 'adopted', name: 'a', pid: 10, nowMs: 0 });
  };
  // It had been ready, so it has to become ready again within the time for unhealthy ones.
  const sick = adopt(unhealthy.service);
  expect(sick.service).toMatchObject({ phase: 'running', health: { state: 'unhealthy' } });
  expect(timers(sick.actions)).toEqual([30_000]);
  const once = revive(up.state, 1, 0);
  expect(adopt(once.service).service.liveness).toEqual({ times: [30_000], count: 1, isSpent: false });
  const stopping = play(unhealthy.state, timer(unhealthy.service.timerId, 30_100));
  expect(adopt(stopping.service)).toMatchObject({ service: { phase: 'stopping', isReviving: true } });
});

test('the pauses double from a second to five minutes', () => {
  expect([1, 2, 3, 9, 10, 1000].map(livenessBackoffMs)).toEqual([
    1000, 2000, 4000, 256_000, 300_000, 300_000,
  ]);
});

test('property: never more restarts within a window than the budget, each after a pause and with an incident', () => {
  const moves = fc.array(
    fc.record({ waitMs: fc.integer({ min: 0, max: 200_000 }), act: fc.nat({ max: 5 }) }),
    { minLength: 50, maxLength: 200 },
  );
  const policies = fc.record({
    restarts: fc.integer({ min: 1, max: 4 }),
    windowMs: fc.integer({ min: 1, max: 900_000 }),
  });
  fc.assert(
    fc.property(moves, policies, (steps, budget) => {
      const simulated = new Life({ ...liveness, ...budget });
      for (const step of steps) simulated.move(step.waitMs, step.act);
      for (const [at, time] of simulated.restarts.entries()) {
        const within = simulated.restarts.slice(at).filter((later) => later - time < budget.windowMs);
        expect(within.length).toBeLessThanOrEqual(budget.restarts);
      }
      expect(simulated.incidents).toBe(simulated.restarts.length);
    }),
  );
});

/** A service whose timers fire in time, and whose health and exits are the caller's. */
class Life {
  readonly restarts: number[] = [];
  incidents = 0;
  #state: SupervisorState;
  #nowMs = 0;
  #timers: { id: number; atMs: number }[] = [];

  constructor(own: Liveness) {
    this.#state = stateOf({ liveness: own });
    this.#feed(boot);
  }

  move(waitMs: number, act: number): void {
    this.#pass(this.#nowMs + waitMs);
    const { run, phase } = only(this.#state);
    if (phase === 'starting') this.#feed(started(run, this.#nowMs));
    else if (phase === 'stopping') this.#feed(exited(run, this.#nowMs));
    else if (phase === 'running' && act > 0) this.#feed(ready(run, this.#nowMs));
    else if (phase === 'ready') this.#feed(health(act === 0, run, this.#nowMs));
  }

  /** Fires all timers up to a time, in their order. */
  #pass(untilMs: number): void {
    for (;;) {
      const [next] = this.#timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
      if (!next) break;
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#nowMs = next.atMs;
      this.#feed(timer(next.id, next.atMs));
    }
    this.#nowMs = untilMs;
  }

  #feed(event: SupervisorEvent): void {
    const before = only(this.#state);
    const { state, actions, service } = play(this.#state, event);
    this.#state = state;
    for (const action of actions)
      if (action.kind === 'timer') this.#timers.push({ id: action.id, atMs: this.#nowMs + action.ms });
    if (service.liveness.count > before.liveness.count) {
      this.restarts.push(this.#nowMs);
      this.incidents += incidents(actions).filter((what) => !what.includes('left as it is')).length;
    }
    if (service.run > before.run && before.run > 0) expect(before.phase).toBe('backoff');
  }
}
