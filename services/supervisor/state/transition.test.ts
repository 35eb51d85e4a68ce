import { expect, test } from 'vitest';
import { backoff, backoffMs } from './backoff.ts';
import type { SupervisorAction, SupervisorEvent } from './events.ts';
import type { LimitCounters, ProcessExit } from './exit.ts';
import { inStartOrder } from './start-order.ts';
import {
  initialState,
  isCrashLoop,
  newService,
  type Policy,
  type ServiceState,
  type SupervisorState,
} from './state.ts';
import { deepFreeze } from './testing/freeze.ts';
import { transition } from './transition.ts';

const policy: Policy = {
  restart: 'always',
  after: [],
  probed: false,
  stopSignal: 'SIGTERM',
  stopTimeoutMs: 1000,
};

function stateOf(...services: [name: string, change?: Partial<Policy>][]): SupervisorState {
  return initialState(
    inStartOrder(services.map(([name, change]) => newService(name, { ...policy, ...change }))),
  );
}

/** Applies events one after the other, and returns the last state with the actions of all. */
function play(
  before: SupervisorState,
  ...events: SupervisorEvent[]
): { state: SupervisorState; actions: SupervisorAction[] } {
  const actions: SupervisorAction[] = [];
  let state = before;
  for (const event of events) {
    const next = transition(deepFreeze(state), event);
    state = next.state;
    actions.push(...next.actions);
  }
  return { state, actions };
}

function find(state: SupervisorState, name: string): ServiceState {
  const service = state.services.find((candidate) => candidate.name === name);
  if (!service) throw new Error(`no service ${name}`);
  return service;
}

const phases = (state: SupervisorState) =>
  Object.fromEntries(state.services.map(({ name, phase }) => [name, phase]));
const boot: SupervisorEvent = { kind: 'boot' };
const started = (name: string, run = 1, nowMs = 0): SupervisorEvent => ({
  kind: 'started',
  name,
  run,
  pid: 10,
  nowMs,
});
const noneCounted: LimitCounters = { memoryLimit: null, oomKills: 0, processLimit: null, forksRefused: 0 };
const exitOf = (status: number): ProcessExit => ({ status, counted: noneCounted });
const exited = (name: string, status: number, run = 1, nowMs = 0): SupervisorEvent => ({
  kind: 'exited',
  name,
  run,
  exit: exitOf(status),
  nowMs,
});
const timer = (name: string, id: number, nowMs = 0): SupervisorEvent => ({ kind: 'timer', name, id, nowMs });
const reports = (actions: readonly SupervisorAction[]) =>
  actions.flatMap((action) => (action.kind === 'report' ? [[action.message, action.console]] : []));

test('all services start at once, and without a probe each is ready when it runs', () => {
  const { state, actions } = play(stateOf(['a'], ['b']), boot, started('a'), started('b'));
  expect(phases(state)).toEqual({ a: 'ready', b: 'ready' });
  expect(actions.map(({ kind }) => kind)).toEqual(['start', 'start', 'settled']);
});

test('nothing starts while running tasks are being adopted', () => {
  const { state, actions } = play(stateOf(['a'], ['b']), { kind: 'adopted', name: 'b', pid: 7, nowMs: 0 });
  expect(actions).toEqual([]);
  expect(play(state, boot).actions).toEqual([{ kind: 'start', name: 'a', run: 1 }]);
});

test('a service waits until the probes of those in its "after" have passed', () => {
  const first = play(stateOf(['a', { after: ['b'] }], ['b', { probed: true }]), boot, started('b'));
  expect(phases(first.state)).toEqual({ a: 'waiting', b: 'running' });
  const second = play(first.state, { kind: 'ready', name: 'b', run: 1, nowMs: 0 });
  expect(second.actions).toEqual([{ kind: 'start', name: 'a', run: 1 }]);
});

test('a cycle and an unknown name in "after" do not block the boot', () => {
  const { state } = play(
    stateOf(['a', { after: ['b'] }], ['b', { after: ['a', 'nobody'] }]),
    boot,
    started('b'),
  );
  expect(phases(state)).toEqual({ b: 'ready', a: 'starting' });
});

test('a service that exited starts again after the back-off, which counts as a restart', () => {
  const dead = play(stateOf(['a']), boot, started('a'), exited('a', 137));
  expect(find(dead.state, 'a')).toMatchObject({
    phase: 'backoff',
    lastExit: 'killed by SIGKILL',
    restarts: 0,
  });
  expect(dead.actions).toContainEqual({ kind: 'timer', name: 'a', id: 1, ms: 100 });
  const again = play(dead.state, timer('a', 1));
  expect(again.actions).toEqual([{ kind: 'start', name: 'a', run: 2 }]);
  expect(find(again.state, 'a')).toMatchObject({ phase: 'starting', restarts: 1 });
});

test('the back-off doubles to 30 s and is reset by a steady run', () => {
  expect([1, 2, 3, 9, 10, 1000].map(backoffMs)).toEqual([100, 200, 400, 25600, 30000, 30000]);
  const two = play(
    stateOf(['a']),
    boot,
    started('a'),
    exited('a', 1),
    timer('a', 1),
    started('a', 2),
    exited('a', 1, 2, 1),
  );
  expect(find(two.state, 'a').failures).toBe(2);
  const third = play(two.state, timer('a', 2), started('a', 3), exited('a', 1, 3, backoff.steady));
  expect(find(third.state, 'a').failures).toBe(1);
});

test.each([
  ['always', 0, 'backoff'],
  ['always', 1, 'backoff'],
  ['on-failure', 0, 'stopped'],
  ['on-failure', 1, 'backoff'],
  ['no', 0, 'stopped'],
  ['no', 1, 'failed'],
] as const)('restart: %s, exit status %i: %s', (restart, status, phase) => {
  const { state } = play(stateOf(['a', { restart }]), boot, started('a'), exited('a', status));
  expect(find(state, 'a').phase).toBe(phase);
});

test('a failed start is reported in one line with its cause, on the console only the first time', () => {
  const reason = 'executable file "/x" not found';
  const { state, actions } = play(
    stateOf(['a']),
    boot,
    { kind: 'startFailed', name: 'a', run: 1, reason },
    timer('a', 1),
    { kind: 'startFailed', name: 'a', run: 2, reason },
  );
  expect(reports(actions)).toEqual([
    [`cannot start: ${reason}; next start in 0.1 s`, true],
    [`cannot start: ${reason}; next start in 0.2 s`, false],
  ]);
  expect(find(state, 'a')).toMatchObject({ phase: 'backoff', lastExit: `cannot start: ${reason}` });
});

test('five failures in a row are a crash loop, reported once on the console', () => {
  let state = play(stateOf(['a']), boot).state;
  const onConsole: unknown[] = [];
  for (let run = 1; run <= 7; run += 1) {
    const failed = play(state, started('a', run), exited('a', 1, run));
    onConsole.push(...reports(failed.actions).filter(([, console]) => console));
    expect(isCrashLoop(find(failed.state, 'a')), `after failure ${run}`).toBe(run >= 5);
    state = play(failed.state, timer('a', run)).state;
  }
  expect(onConsole).toEqual([
    ['ended: exit status 1; next start in 0.1 s', true],
    ['crash loop, 5 failures in a row: ended: exit status 1; next start in 1.6 s', true],
  ]);
  const up = play(state, started('a', 8));
  expect(isCrashLoop(find(up.state, 'a'))).toBe(false);
});

test('each failure is an incident, a requested stop is not', () => {
  const incidents = (actions: readonly SupervisorAction[]) =>
    actions.filter(({ kind }) => kind === 'incident');
  const dead = play(stateOf(['a', { restart: 'no' }]), boot, started('a'), exited('a', 137));
  expect(incidents(dead.actions)).toEqual([
    { kind: 'incident', name: 'a', run: 1, what: 'ended: killed by SIGKILL' },
  ]);
  const requested = play(stateOf(['a']), boot, started('a'), { kind: 'stop', name: 'a' }, exited('a', 143));
  expect(incidents(requested.actions)).toEqual([]);
});

test('health follows the probe of a ready service, is reported, and is unknown again in the next run', () => {
  const health = (healthy: boolean, run = 1, nowMs = 0): SupervisorEvent => ({
    ...{ kind: 'health', name: 'a', run, healthy, why: 'port 80 refuses connections', nowMs },
  });
  const ready: SupervisorEvent = { kind: 'ready', name: 'a', run: 1, nowMs: 5 };
  const early = play(stateOf(['a', { probed: true }]), boot, started('a'), health(false));
  expect(find(early.state, 'a').health).toEqual({ state: 'unknown', sinceMs: 0, falls: 0, why: '' });
  const unhealthy = play(early.state, ready, health(false, 1, 7), health(false, 1, 8));
  expect(find(unhealthy.state, 'a')).toMatchObject({
    phase: 'ready',
    health: { state: 'unhealthy', sinceMs: 7, falls: 1 },
  });
  const recovered = play(unhealthy.state, health(true, 1, 9), health(true, 0, 10));
  expect(find(recovered.state, 'a').health).toMatchObject({ state: 'healthy', sinceMs: 9, falls: 1 });
  expect(reports([...unhealthy.actions, ...recovered.actions])).toEqual([
    ['is unhealthy: port 80 refuses connections', true],
    ['is healthy again', true],
  ]);
  const again = play(recovered.state, exited('a', 1), timer('a', 1));
  expect(find(again.state, 'a').health).toMatchObject({ state: 'unknown', falls: 1 });
});

test('settled is announced once, with the services that failed and those that wait for them', () => {
  const { state, actions } = play(
    stateOf(['a', { restart: 'no' }], ['b', { after: ['a'] }], ['c']),
    boot,
    { kind: 'startFailed', name: 'a', run: 1, reason: 'x' },
    started('c'),
  );
  expect(actions.filter(({ kind }) => kind === 'settled')).toEqual([{ kind: 'settled', failed: ['a', 'b'] }]);
  expect(play(state, exited('c', 1)).actions.map(({ kind }) => kind)).toEqual([
    ...['incident', 'report', 'timer'],
  ]);
});

test('a shutdown stops services in reverse start order, one at a time', () => {
  const up = play(stateOf(['a'], ['b'], ['c']), boot, started('a'), started('b'), started('c'));
  const first = play(up.state, { kind: 'shutdown' });
  expect(first.actions.filter(({ kind }) => kind === 'kill')).toEqual([
    { kind: 'kill', name: 'c', run: 1, signal: 'SIGTERM' },
  ]);
  const rest = play(first.state, exited('c', 143), exited('b', 143), exited('a', 143));
  const signalled = rest.actions.flatMap((action) => (action.kind === 'kill' ? [action.name] : []));
  expect([...signalled, rest.actions.at(-1)?.kind]).toEqual(['b', 'a', 'down']);
});

test('a service that ignores its stop signal is killed, and given up if that fails too', () => {
  const up = play(stateOf(['a']), boot, started('a'), { kind: 'shutdown' });
  const killed = play(up.state, timer('a', 1));
  expect(killed.actions[0]).toEqual({ kind: 'kill', name: 'a', run: 1, signal: 'SIGKILL' });
  expect(reports(killed.actions)).toEqual([['did not stop on SIGTERM within 1 s: killed', true]]);
  expect(killed.actions).toContainEqual({ kind: 'incident', name: 'a', run: 1, what: expect.any(String) });
  const over = play(killed.state, timer('a', 2));
  expect(over.actions.map(({ kind }) => kind)).toEqual(['incident', 'report', 'down']);
});

const kills = (actions: readonly SupervisorAction[]) =>
  actions.flatMap((action) => (action.kind === 'kill' ? [action.signal] : []));

test('the stop signal is repeated to a young process until the stop timeout', () => {
  const slow = stateOf(['a', { stopTimeoutMs: 2500 }]);
  const stopping = play(slow, boot, started('a'), { kind: 'stop', name: 'a' });
  expect(stopping.actions.at(-1)).toEqual({ kind: 'timer', name: 'a', id: 1, ms: 1000 });
  const later = play(stopping.state, timer('a', 1, 1000), timer('a', 2, 2000));
  expect(kills(later.actions)).toEqual(['SIGTERM', 'SIGTERM']);
  expect(later.actions.flatMap((action) => ('ms' in action ? [action.ms] : []))).toEqual([1000, 500]);
  expect(kills(play(later.state, timer('a', 3, 2500)).actions)).toEqual(['SIGKILL']);
  expect(play(later.state, exited('a', 143), timer('a', 3, 2500)).actions.map(({ kind }) => kind)).toEqual([
    'report',
  ]);
});

test('the stop signal is sent once to an older process', () => {
  const slow = stateOf(['a', { stopTimeoutMs: 2500 }]);
  const stopping = play(slow, boot, started('a'), { kind: 'stop', name: 'a' });
  const later = play(stopping.state, timer('a', 1, 60_000), timer('a', 2, 61_000));
  expect(kills(later.actions)).toEqual([]);
  expect(kills(play(later.state, timer('a', 3, 61_500)).actions)).toEqual(['SIGKILL']);
});

test('a process without a handler for its stop signal is killed once it is no longer young', () => {
  const dropped = (nowMs: number): SupervisorEvent => ({ kind: 'dropped', name: 'a', run: 1, nowMs });
  const slow = stateOf(['a', { stopTimeoutMs: 60_000 }]);
  const stopping = play(slow, boot, started('a'), { kind: 'stop', name: 'a' });
  const check = { kind: 'checkDropped', name: 'a', run: 1, signal: 'SIGTERM' };
  expect(stopping.actions).toContainEqual(check);
  const young = play(stopping.state, dropped(9999), timer('a', 1, 9999));
  expect(kills(young.actions)).toEqual(['SIGTERM']);
  const old = play(young.state, timer('a', 2, 10_999), dropped(11_000));
  expect(old.actions).toContainEqual(check);
  expect(kills(old.actions)).toEqual(['SIGKILL']);
  expect(reports(old.actions)).toEqual([['has no handler for SIGTERM: killed', false]]);
  expect(old.actions).not.toContainEqual(expect.objectContaining({ kind: 'incident' }));
  expect(play(old.state, dropped(11_001)).actions).toEqual([]);
});

test('what the kernel does with a signal kills no service that nobody stops', () => {
  const up = play(stateOf(['a']), boot, started('a'));
  expect(play(up.state, { kind: 'dropped', name: 'a', run: 1, nowMs: 60_000 }).actions).toEqual([]);
});

test('no signal is sent before the start has finished', () => {
  const slow = stateOf(['a', { stopTimeoutMs: 2500 }]);
  const { actions } = play(
    slow,
    boot,
    { kind: 'stop', name: 'a' },
    timer('a', 1),
    started('a'),
    timer('a', 2),
  );
  expect(actions.map(({ kind }) => kind)).toEqual([
    ...['start', 'timer', 'settled', 'timer', 'kill'],
    ...['kill', 'checkDropped', 'timer'],
  ]);
});

test('a requested restart stops the service first and counts as a restart', () => {
  const restarting = play(stateOf(['a']), boot, started('a'), { kind: 'restart', name: 'a' });
  expect(restarting.actions).toContainEqual({ kind: 'kill', name: 'a', run: 1, signal: 'SIGTERM' });
  const { state } = play(restarting.state, exited('a', 143), started('a', 2));
  expect(find(state, 'a')).toMatchObject({ phase: 'ready', restarts: 1, wanted: true, failures: 0 });
});

test('a service stopped on request stays down until it is started', () => {
  const down = play(stateOf(['a']), boot, started('a'), { kind: 'stop', name: 'a' }, exited('a', 143));
  expect(find(down.state, 'a').phase).toBe('stopped');
  expect(play(down.state, { kind: 'start', name: 'a' }).actions).toEqual([
    { kind: 'start', name: 'a', run: 2 },
  ]);
});

test('a stop during a start is carried out when the start has finished', () => {
  const { actions } = play(stateOf(['a']), boot, { kind: 'stop', name: 'a' }, started('a'), exited('a', 143));
  expect(actions.map(({ kind }) => kind)).toEqual(['start', 'timer', 'settled', 'kill', 'report']);
});

test('events of an earlier run are ignored', () => {
  const { state } = play(stateOf(['a']), boot, started('a'), { kind: 'restart', name: 'a' }, exited('a', 0));
  expect(play(state, exited('a', 1), { kind: 'ready', name: 'a', run: 1, nowMs: 0 }).state).toEqual(state);
});

test('an update forgets what is gone, starts what is fresh after what it waits for, and keeps the rest', () => {
  const before = play(stateOf(['db'], ['old'], ['web']), boot, started('db'), started('old'), started('web'));
  const stopped = play(
    before.state,
    ...(['old', 'web'] as const).flatMap((name): SupervisorEvent[] => [
      { kind: 'stop', name },
      { kind: 'exited', name, run: 1, exit: null, nowMs: 0 },
    ]),
  );
  const service = (name: string, fresh: boolean, change: Partial<Policy> = {}, wanted = true) => ({
    ...{ name, policy: { ...policy, ...change }, fresh, wanted },
  });
  const services = [
    service('web', true, { after: ['cache', 'db'] }),
    service('db', false),
    service('cache', true),
    service('idle', true, {}, false),
  ];
  const { state, actions } = play(stopped.state, { kind: 'replace', services });
  expect(phases(state)).toEqual({ cache: 'starting', db: 'ready', idle: 'stopped', web: 'waiting' });
  expect(actions).toEqual([{ kind: 'start', name: 'cache', run: 1 }]);
  // The run goes on counting: what comes late of the earlier one is ignored.
  const next = play(state, { kind: 'exited', name: 'web', run: 1, exit: null, nowMs: 0 }, started('cache'));
  expect(next.actions).toEqual([{ kind: 'start', name: 'web', run: 2 }]);
  expect(find(next.state, 'db')).toEqual({ ...find(before.state, 'db'), policy });
});

test('an update does not forget a service whose process could not be ended, and none during a shutdown', () => {
  const { state } = play(stateOf(['web']), boot, started('web'));
  expect(phases(play(state, { kind: 'replace', services: [] }).state)).toEqual({ web: 'ready' });
  const down = play(state, { kind: 'shutdown' }).state;
  expect(play(down, { kind: 'replace', services: [] }).state).toEqual(down);
});
