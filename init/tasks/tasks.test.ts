import { expect, test } from 'vitest';
import type { TaskReport } from '../../lib/bundle/bundle.ts';
import type { ProgramEnd } from '../system/program.ts';
import { fakeBundle } from '../testing/fake-bundle.ts';
import { type FakeContext, fakeContext } from '../testing/fake-context.ts';
import { exited } from '../testing/fake-program.ts';
import { runTasks } from './tasks.ts';

type Options = Omit<Parameters<typeof fakeBundle>[0], 'section'>;

/**
 * A fake system with these bundles of onboot; `ends` are the ends of `crun run` by the name of the bundle.
 */
function contextWith(bundles: readonly Options[], ends: Readonly<Record<string, ProgramEnd>> = {}) {
  const fake = fakeContext();
  fake.bundles.push(...bundles.map((options) => fakeBundle({ ...options, section: 'onboot' })));
  fake.program = (command) => {
    const name = command.split(' ').at(-1) ?? '';
    return command.startsWith('crun run') && ends[name] ? { end: ends[name] } : undefined;
  };
  const waitFor = () => Promise.reject(new Error('no adopted child'));
  const taskFailed = (): void => void fake.calls.push('task failed');
  return { fake, context: { ...fake, waitFor, taskFailed } };
}

const runsOf = ({ calls }: FakeContext): string[] =>
  calls.flatMap((call) => /^run (crun run .*|.*busybox.*)$/.exec(call)?.[1] ?? []);

const reportOf = ({ disk }: FakeContext, name: string): TaskReport =>
  JSON.parse(disk.get(`/run/kit/reports/onboot-${name}.json`) ?? '');

/** Durations depend on how often the fake clock was read. */
const shown = (fake: FakeContext): string[] => fake.shown.map((line) => line.replace(/\d+ ms/, 'N ms'));

test('containers run one after another, and each leaves a report', async () => {
  const { fake, context } = contextWith([{ name: 'a' }, { name: 'b' }]);
  expect(await runTasks('onboot', context)).toEqual({ summary: '2 done' });
  expect(runsOf(fake)).toEqual([
    'crun run --bundle /containers/onboot/a a',
    'crun run --bundle /containers/onboot/b b',
  ]);
  expect(shown(fake)).toEqual(['onboot a N ms', 'onboot b N ms']);
  const report = reportOf(fake, 'b');
  expect(report).toMatchObject({
    name: 'b',
    section: 'onboot',
    state: 'succeeded',
    exitStatus: 0,
    reason: '',
  });
  expect(report.finishedMs).toBeGreaterThan(report.startedMs);
});

test('a section without containers', async () => {
  const { fake, context } = contextWith([{ name: 'a' }]);
  expect(await runTasks('onshutdown', context)).toEqual({ summary: 'none' });
  expect(fake.calls).toEqual([]);
});

test('while the container runs, its report has that state', async () => {
  const { fake, context } = contextWith([{ name: 'a' }]);
  const seen: string[] = [];
  fake.program = (command) => {
    if (command.startsWith('crun run')) seen.push(reportOf(fake, 'a').state);
    return undefined;
  };
  await runTasks('onboot', context);
  expect(seen).toEqual(['running']);
});

test.each<[end: ProgramEnd, exitStatus: number | null, reason: string]>([
  [exited(7), 7, 'exit status 7'],
  [exited(137), 137, 'killed by SIGKILL'],
  [{ notStarted: 'Cannot run "crun": not in the image' }, null, 'Cannot run "crun": not in the image'],
])(
  'a container that ends with %j fails; with onFailure continue the next one runs',
  async (end, exitStatus, reason) => {
    const { fake, context } = contextWith([{ name: 'bad', onFailure: 'continue' }, { name: 'next' }], {
      bad: end,
    });
    expect(await runTasks('onboot', context)).toEqual({ summary: 'bad failed' });
    expect(reportOf(fake, 'bad')).toMatchObject({ state: 'failed', exitStatus, reason });
    expect(shown(fake)).toEqual([`onboot bad failed after N ms: ${reason}`, 'onboot next N ms']);
  },
);

test.each(['halt', 'reboot'] as const)(
  'onFailure %s ends the machine that way, and no further container runs',
  async (onFailure) => {
    const { fake, context } = contextWith([{ name: 'bad', onFailure }, { name: 'next' }], { bad: exited(1) });
    expect(await runTasks('onboot', context)).toEqual({
      summary: 'bad failed',
      request: { ending: onFailure, by: 'onboot bad, which failed' },
    });
    expect(runsOf(fake)).toEqual(['crun run --bundle /containers/onboot/bad bad']);
  },
);

test('onFailure shell opens a shell on the console, after which the next container runs', async () => {
  const { fake, context } = contextWith([{ name: 'bad', onFailure: 'shell' }, { name: 'next' }], {
    bad: exited(1),
  });
  expect(await runTasks('onboot', context)).toEqual({ summary: 'bad failed' });
  expect(runsOf(fake).map((command) => command.split(' ')[0])).toEqual(['crun', '/usr/bin/busybox', 'crun']);
  expect(shown(fake)[1]).toBe('bad failed: starting a shell; the boot continues when it exits');
});

test('while the shell waits, the report says so, and the supervisor was told', async () => {
  const { fake, context } = contextWith([{ name: 'bad', onFailure: 'shell' }]);
  const seen: string[] = [];
  fake.program = (command) => {
    if (command.startsWith('crun run')) return { end: exited(4) };
    if (command.includes('busybox')) seen.push(reportOf(fake, 'bad').state, String(fake.calls.at(-2)));
    return undefined;
  };
  await runTasks('onboot', context);
  expect(seen).toEqual(['shell', 'task failed']);
  expect(reportOf(fake, 'bad')).toMatchObject({ state: 'failed', exitStatus: 4, reason: 'exit status 4' });
});

test('the shell is killed when the machine is to end, and nothing more runs', async () => {
  const { fake, context } = contextWith([{ name: 'bad', onFailure: 'shell' }, { name: 'next' }]);
  const ending = new AbortController();
  const shell = Promise.withResolvers<ProgramEnd>();
  fake.program = (command) => {
    if (command.startsWith('crun run')) return { end: exited(1) };
    setImmediate(() => ending.abort());
    return { end: shell.promise };
  };
  const done = runTasks('onboot', { ...context, ending: ending.signal });
  ending.signal.addEventListener('abort', () => shell.resolve({ status: 137, signal: 'SIGKILL' }));
  expect(await done).toEqual({ summary: 'bad failed' });
  expect(fake.calls).toContain('kill SIGKILL /usr/bin/busybox sh -i');
  expect(runsOf(fake)).toHaveLength(2);
});

test('a container that exceeds its time-out is killed, and has failed', async () => {
  const { fake, context } = contextWith([{ name: 'slow', timeoutMs: 20 }, { name: 'next' }]);
  const end = Promise.withResolvers<ProgramEnd>();
  fake.program = (command) => {
    if (command === 'crun delete --force slow') end.resolve(exited(137));
    return command.endsWith('run --bundle /containers/onboot/slow slow') ? { end: end.promise } : undefined;
  };
  expect(await runTasks('onboot', context)).toEqual({ summary: 'slow failed' });
  const reason = 'it did not end within 0.02 s';
  expect(reportOf(fake, 'slow')).toMatchObject({ state: 'failed', exitStatus: 137, reason });
  expect(shown(fake)).toEqual([`onboot slow failed after N ms: ${reason}`, 'onboot next N ms']);
});

test('a container that succeeds just as its time-out expires has succeeded', async () => {
  const { fake, context } = contextWith([{ name: 'slow', timeoutMs: 20 }]);
  const end = Promise.withResolvers<ProgramEnd>();
  fake.program = (command) => {
    if (command === 'crun delete --force slow') end.resolve(exited(0));
    return command.startsWith('crun run') ? { end: end.promise } : undefined;
  };
  expect(await runTasks('onboot', context)).toEqual({ summary: '1 done' });
});

test('when the machine is to end, the running container is killed and no other one starts', async () => {
  const { fake, context } = contextWith([{ name: 'long' }, { name: 'next' }]);
  const ending = new AbortController();
  const end = Promise.withResolvers<ProgramEnd>();
  fake.program = (command) => {
    if (command === 'crun delete --force long') end.resolve(exited(137));
    if (!command.startsWith('crun run')) return undefined;
    setImmediate(() => ending.abort());
    return { end: end.promise };
  };
  const done = await runTasks('onboot', { ...context, ending: ending.signal });
  expect(done).toEqual({ summary: 'long failed' });
  expect(runsOf(fake)).toHaveLength(1);
  expect(fake.disk.has('/run/kit/reports/onboot-next.json')).toBe(false);
});

test('mounts are made before a container runs, and removed even if it fails', async () => {
  const { fake, context } = contextWith([{ name: 'good' }, { name: 'bad' }], { bad: exited(1) });
  await runTasks('onboot', context);
  const steps = fake.calls.filter((call) => /^(mount|unmount|run)/.test(call));
  expect(steps).toEqual([
    'mount overlay /containers/onboot/good/rootfs overlay',
    'run crun run --bundle /containers/onboot/good good',
    'unmount /containers/onboot/good/rootfs',
    'mount overlay /containers/onboot/bad/rootfs overlay',
    'run crun run --bundle /containers/onboot/bad bad',
    'unmount /containers/onboot/bad/rootfs',
  ]);
  expect(fake.mounted).toEqual([]);
});

test('a container whose mounts cannot be made has failed, and does not run', async () => {
  const { fake, context } = contextWith([{ name: 'bad' }, { name: 'next' }]);
  const mount = 'mount overlay /containers/onboot/bad/rootfs overlay';
  fake.failing.set(mount, new Error('no such device'));
  expect(await runTasks('onboot', context)).toEqual({ summary: 'bad failed' });
  expect(reportOf(fake, 'bad')).toMatchObject({
    exitStatus: null,
    reason: 'Cannot mount "overlay" (overlay) on "/containers/onboot/bad/rootfs": no such device',
  });
  expect(runsOf(fake)).toEqual(['crun run --bundle /containers/onboot/next next']);
  expect(fake.mounted).toEqual([]);
});

test('a report that cannot be written is only logged', async () => {
  const { fake, context } = contextWith([{ name: 'a' }]);
  fake.failing.set('folder /run/kit/reports', new Error('no space left'));
  expect(await runTasks('onboot', context)).toEqual({ summary: '1 done' });
  expect(fake.shown[0]).toBe('Cannot write "/run/kit/reports/onboot-a.json": no space left');
});
