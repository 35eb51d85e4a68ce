import { expect, test } from 'vitest';
import { backoff, backoffMs } from './backoff.ts';
import type { Ended } from './exit.ts';
import { step } from './machine.ts';
import { inStartOrder } from './order.ts';
import {
  type Action,
  type Event,
  isCrashLoop,
  newService,
  newWorld,
  type Policy,
  type Service,
  type World,
} from './state.ts';

const policy: Policy = {
  restart: 'always',
  after: [],
  probed: false,
  stopSignal: 'SIGTERM',
  stopTimeoutMs: 1000,
};

function worldOf(...services: [name: string, change?: Partial<Policy>][]): World {
  return newWorld(inStartOrder(services.map(([name, change]) => newService(name, { ...policy, ...change }))));
}

/** Runs events and returns the last world with all actions given. */
function play(world: World, ...events: Event[]): { world: World; actions: Action[] } {
  const actions: Action[] = [];
  let now = world;
  for (const event of events) {
    const result = step(now, event);
    now = result.world;
    actions.push(...result.actions);
  }
  return { world: now, actions };
}

function find(world: World, name: string): Service {
  const service = world.services.find((candidate) => candidate.name === name);
  if (!service) throw new Error(`no service ${name}`);
  return service;
}

const phases = (world: World) => Object.fromEntries(world.services.map(({ name, phase }) => [name, phase]));
const boot: Event = { kind: 'boot' };
const started = (name: string, run = 1, nowMs = 0): Event => ({ kind: 'started', name, run, pid: 10, nowMs });
const quiet: Ended['counted'] = { memoryLimit: null, oomKills: 0, processLimit: null, forksRefused: 0 };
const ended = (status: number): Ended => ({ status, counted: quiet });
const exited = (name: string, status: number, run = 1, nowMs = 0): Event => ({
  kind: 'exited',
  name,
  run,
  exit: ended(status),
  nowMs,
});
const timer = (name: string, id: number, nowMs = 0): Event => ({ kind: 'timer', name, id, nowMs });
const reports = (actions: readonly Action[]) =>
  actions.flatMap((action) => (action.kind === 'report' ? [[action.message, action.console]] : []));

test('all services start at once, and each is ready when it runs', () => {
  const { world, actions } = play(worldOf(['a'], ['b']), boot, started('a'), started('b'));
  expect(phases(world)).toEqual({ a: 'ready', b: 'ready' });
  expect(actions.map(({ kind }) => kind)).toEqual(['start', 'start', 'settled']);
});

test('nothing starts while the running tasks are being adopted', () => {
  const { world, actions } = play(worldOf(['a'], ['b']), { kind: 'adopted', name: 'b', pid: 7, nowMs: 0 });
  expect(actions).toEqual([]);
  expect(play(world, boot).actions).toEqual([{ kind: 'start', name: 'a', run: 1 }]);
});

test('a service waits until those in its "after" are ready, probe included', () => {
  const first = play(worldOf(['a', { after: ['b'] }], ['b', { probed: true }]), boot, started('b'));
  expect(phases(first.world)).toEqual({ a: 'waiting', b: 'running' });
  const second = play(first.world, { kind: 'ready', name: 'b', run: 1, nowMs: 0 });
  expect(second.actions).toEqual([{ kind: 'start', name: 'a', run: 1 }]);
});

test('a circle and an unknown name in "after" do not hold up the boot', () => {
  const { world } = play(
    worldOf(['a', { after: ['b'] }], ['b', { after: ['a', 'nobody'] }]),
    boot,
    started('b'),
  );
  expect(phases(world)).toEqual({ b: 'ready', a: 'starting' });
});

test('a dead service starts again after the back-off and is counted', () => {
  const dead = play(worldOf(['a']), boot, started('a'), exited('a', 137));
  expect(find(dead.world, 'a')).toMatchObject({
    phase: 'backoff',
    lastExit: 'killed by SIGKILL',
    restarts: 0,
  });
  expect(dead.actions).toContainEqual({ kind: 'timer', name: 'a', id: 1, ms: 100 });
  const again = play(dead.world, timer('a', 1));
  expect(again.actions).toEqual([{ kind: 'start', name: 'a', run: 2 }]);
  expect(find(again.world, 'a')).toMatchObject({ phase: 'starting', restarts: 1 });
});

test('the back-off doubles to 30 s and begins anew after a steady run', () => {
  expect([1, 2, 3, 9, 10, 1000].map(backoffMs)).toEqual([100, 200, 400, 25600, 30000, 30000]);
  const two = play(
    worldOf(['a']),
    boot,
    started('a'),
    exited('a', 1),
    timer('a', 1),
    started('a', 2),
    exited('a', 1, 2, 1),
  );
  expect(find(two.world, 'a').failures).toBe(2);
  const third = play(two.world, timer('a', 2), started('a', 3), exited('a', 1, 3, backoff.steady));
  expect(find(third.world, 'a').failures).toBe(1);
});

test.each([
  ['always', 0, 'backoff'],
  ['always', 1, 'backoff'],
  ['on-failure', 0, 'stopped'],
  ['on-failure', 1, 'backoff'],
  ['no', 0, 'stopped'],
  ['no', 1, 'failed'],
] as const)('restart: %s, exit status %i: %s', (restart, status, phase) => {
  const { world } = play(worldOf(['a', { restart }]), boot, started('a'), exited('a', status));
  expect(find(world, 'a').phase).toBe(phase);
});

test('a failed start is one line with its cause, on the console only the first time', () => {
  const reason = 'executable file "/x" not found';
  const { world, actions } = play(
    worldOf(['a']),
    boot,
    { kind: 'startFailed', name: 'a', run: 1, reason },
    timer('a', 1),
    { kind: 'startFailed', name: 'a', run: 2, reason },
  );
  expect(reports(actions)).toEqual([
    [`cannot start: ${reason}; next start in 0.1 s`, true],
    [`cannot start: ${reason}; next start in 0.2 s`, false],
  ]);
  expect(find(world, 'a')).toMatchObject({ phase: 'backoff', lastExit: `cannot start: ${reason}` });
});

test('five failures in a row are a crash loop, said once on the console', () => {
  let world = play(worldOf(['a']), boot).world;
  const said: unknown[] = [];
  for (let run = 1; run <= 7; run += 1) {
    const failed = play(world, started('a', run), exited('a', 1, run));
    said.push(...reports(failed.actions).filter(([, console]) => console));
    expect(isCrashLoop(find(failed.world, 'a')), `after failure ${run}`).toBe(run >= 5);
    world = play(failed.world, timer('a', run)).world;
  }
  expect(said).toEqual([
    ['ended: exit status 1; next start in 0.1 s', true],
    ['crash loop, 5 failures in a row: ended: exit status 1; next start in 1.6 s', true],
  ]);
  const up = play(world, started('a', 8));
  expect(isCrashLoop(find(up.world, 'a'))).toBe(false);
});

test('each failure is an incident; a stop that was asked for is none', () => {
  const incidents = (actions: readonly Action[]) => actions.filter(({ kind }) => kind === 'incident');
  const dead = play(worldOf(['a', { restart: 'no' }]), boot, started('a'), exited('a', 137));
  expect(incidents(dead.actions)).toEqual([
    { kind: 'incident', name: 'a', run: 1, what: 'ended: killed by SIGKILL' },
  ]);
  const asked = play(worldOf(['a']), boot, started('a'), { kind: 'stop', name: 'a' }, exited('a', 143));
  expect(incidents(asked.actions)).toEqual([]);
});

test('health follows the probe of a ready service, is told, and begins anew with each run', () => {
  const health = (healthy: boolean, run = 1, nowMs = 0): Event => ({
    ...{ kind: 'health', name: 'a', run, healthy, why: 'port 80 refuses connections', nowMs },
  });
  const ready: Event = { kind: 'ready', name: 'a', run: 1, nowMs: 5 };
  const early = play(worldOf(['a', { probed: true }]), boot, started('a'), health(false));
  expect(find(early.world, 'a').health).toEqual({ state: 'unknown', sinceMs: 0, falls: 0 });
  const sick = play(early.world, ready, health(false, 1, 7), health(false, 1, 8));
  expect(find(sick.world, 'a')).toMatchObject({
    phase: 'ready',
    health: { state: 'unhealthy', sinceMs: 7, falls: 1 },
  });
  const well = play(sick.world, health(true, 1, 9), health(true, 0, 10));
  expect(find(well.world, 'a').health).toEqual({ state: 'healthy', sinceMs: 9, falls: 1 });
  expect(reports([...sick.actions, ...well.actions])).toEqual([
    ['is unhealthy: port 80 refuses connections', true],
    ['is healthy again', true],
  ]);
  const again = play(well.world, exited('a', 1), timer('a', 1));
  expect(find(again.world, 'a').health).toMatchObject({ state: 'unknown', falls: 1 });
});

test('settled is said once, with those that failed and those that wait for them', () => {
  const { world, actions } = play(
    worldOf(['a', { restart: 'no' }], ['b', { after: ['a'] }], ['c']),
    boot,
    { kind: 'startFailed', name: 'a', run: 1, reason: 'x' },
    started('c'),
  );
  expect(actions.filter(({ kind }) => kind === 'settled')).toEqual([{ kind: 'settled', failed: ['a', 'b'] }]);
  expect(play(world, exited('c', 1)).actions.map(({ kind }) => kind)).toEqual([
    ...['incident', 'report', 'timer'],
  ]);
});

test('stopping goes backwards, one service at a time', () => {
  const up = play(worldOf(['a'], ['b'], ['c']), boot, started('a'), started('b'), started('c'));
  const first = play(up.world, { kind: 'stopAll' });
  expect(first.actions.filter(({ kind }) => kind === 'kill')).toEqual([
    { kind: 'kill', name: 'c', run: 1, signal: 'SIGTERM' },
  ]);
  const rest = play(first.world, exited('c', 143), exited('b', 143), exited('a', 143));
  const told = rest.actions.flatMap((action) => ('signal' in action ? [action.name] : []));
  expect([...told, rest.actions.at(-1)?.kind]).toEqual(['b', 'a', 'stopped']);
});

test('who ignores the signal is killed, and given up when even that does nothing', () => {
  const up = play(worldOf(['a']), boot, started('a'), { kind: 'stopAll' });
  const killed = play(up.world, timer('a', 1));
  expect(killed.actions[0]).toEqual({ kind: 'kill', name: 'a', run: 1, signal: 'SIGKILL' });
  expect(reports(killed.actions)).toEqual([['did not stop on SIGTERM within 1 s: killed', true]]);
  expect(killed.actions).toContainEqual({ kind: 'incident', name: 'a', run: 1, what: expect.any(String) });
  const over = play(killed.world, timer('a', 2));
  expect(over.actions.map(({ kind }) => kind)).toEqual(['incident', 'report', 'stopped']);
});

const kills = (actions: readonly Action[]) =>
  actions.flatMap((action) => (action.kind === 'kill' ? [action.signal] : []));

test('a process that has just begun may miss the signal: it is sent again until the time is over', () => {
  const slow = worldOf(['a', { stopTimeoutMs: 2500 }]);
  const asked = play(slow, boot, started('a'), { kind: 'stop', name: 'a' });
  expect(asked.actions.at(-1)).toEqual({ kind: 'timer', name: 'a', id: 1, ms: 1000 });
  const told = play(asked.world, timer('a', 1, 1000), timer('a', 2, 2000));
  expect(told.actions.map((action) => ('ms' in action ? action.ms : kills([action])[0]))).toEqual([
    ...['SIGTERM', 1000],
    ...['SIGTERM', 500],
  ]);
  expect(kills(play(told.world, timer('a', 3, 2500)).actions)).toEqual(['SIGKILL']);
  expect(play(told.world, exited('a', 143), timer('a', 3, 2500)).actions.map(({ kind }) => kind)).toEqual([
    'report',
  ]);
});

test('a process that has run for a while is told once', () => {
  const slow = worldOf(['a', { stopTimeoutMs: 2500 }]);
  const asked = play(slow, boot, started('a'), { kind: 'stop', name: 'a' });
  const told = play(asked.world, timer('a', 1, 60_000), timer('a', 2, 61_000));
  expect(kills(told.actions)).toEqual([]);
  expect(kills(play(told.world, timer('a', 3, 61_500)).actions)).toEqual(['SIGKILL']);
});

test('a start under way gets no signal before it has come to an end', () => {
  const slow = worldOf(['a', { stopTimeoutMs: 2500 }]);
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
    ...['kill', 'timer'],
  ]);
});

test('a restart by hand stops first, counts, and leaves the service wanted', () => {
  const asked = play(worldOf(['a']), boot, started('a'), { kind: 'restart', name: 'a' });
  expect(asked.actions).toContainEqual({ kind: 'kill', name: 'a', run: 1, signal: 'SIGTERM' });
  const { world } = play(asked.world, exited('a', 143), started('a', 2));
  expect(find(world, 'a')).toMatchObject({ phase: 'ready', restarts: 1, wanted: true, failures: 0 });
});

test('a service stopped by hand stays down, and starts when asked to', () => {
  const down = play(worldOf(['a']), boot, started('a'), { kind: 'stop', name: 'a' }, exited('a', 143));
  expect(find(down.world, 'a').phase).toBe('stopped');
  expect(play(down.world, { kind: 'start', name: 'a' }).actions).toEqual([
    { kind: 'start', name: 'a', run: 2 },
  ]);
});

test('a stop that comes while the start is under way is sent when it has come to an end', () => {
  const { actions } = play(worldOf(['a']), boot, { kind: 'stop', name: 'a' }, started('a'), exited('a', 143));
  expect(actions.map(({ kind }) => kind)).toEqual(['start', 'timer', 'settled', 'kill', 'report']);
});

test('what is said of an earlier run is passed over', () => {
  const { world } = play(worldOf(['a']), boot, started('a'), { kind: 'restart', name: 'a' }, exited('a', 0));
  expect(play(world, exited('a', 1), { kind: 'ready', name: 'a', run: 1, nowMs: 0 }).world).toEqual(world);
});
