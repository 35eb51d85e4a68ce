import { afterEach, expect, test, vi } from 'vitest';
import type { RuntimeConfig } from '../../lib/bundle/bundle.ts';
import type { WaitStatus } from '../../lib/linux/process/process.ts';
import type { ProgramEnd } from '../system/program.ts';
import { fakeBundle } from '../testing/fake-bundle.ts';
import { type FakeContext, fakeContext } from '../testing/fake-context.ts';
import { exited } from '../testing/fake-program.ts';
import { runContainer } from './container.ts';

afterEach(() => vi.useRealTimers());

const never = new AbortController().signal;
const bundleWith = (runtime: Partial<RuntimeConfig> = {}) =>
  fakeBundle({ name: 'web', section: 'onboot', runtime });
/** Its interface has to be moved between `create` and `start`. */
const withInterface = bundleWith({ interfaces: [{ name: 'eth1' }] });

const create = 'crun create --bundle /containers/onboot/web --pid-file /run/kit/web.pid web';
const remove = 'crun delete --force web';

/** `adopted`: the end of process 42, which `crun create` leaves behind. */
function contextOf(fake: FakeContext, adopted: Partial<WaitStatus> = {}) {
  const waitFor = async (pid: number): Promise<WaitStatus> => {
    if (pid !== 42) throw new Error(`Cannot wait for process ${pid}: it is gone`);
    return { status: 0, signal: 0, ...adopted };
  };
  return { ...fake, waitFor, taskFailed: () => {} };
}

const afterCreate = (): FakeContext => fakeContext({ '/run/kit/web.pid': '42' });

test('output goes to the log of the container, and to the console after its name', async () => {
  const fake = fakeContext();
  fake.program = () => ({ stdout: 'hello\r\nno newline', stderr: 'oops\n', end: exited(143) });
  const end = await runContainer(bundleWith(), contextOf(fake), never);
  expect(end).toEqual({ status: 143, signal: 'SIGTERM' });
  expect(fake.logs.get('web')?.sort()).toEqual(['stderr: oops', 'stdout: hello', 'stdout: no newline']);
  expect(fake.shown.sort()).toEqual(['web: hello', 'web: no newline', 'web: oops']);
  expect(fake.calls).toEqual(['run crun run --bundle /containers/onboot/web web']);
});

test('interfaces and namespaces are handed over between create and start', async () => {
  const fake = afterCreate();
  const { bindNS } = bundleWith().runtime;
  const bundle = bundleWith({ interfaces: [{ name: 'eth1' }], bindNS: { ...bindNS, net: '/run/netns/web' } });
  const end = await runContainer(bundle, contextOf(fake, { status: 3 }), never);
  expect(end).toEqual({ status: 3, signal: null });
  expect(fake.calls).toEqual([
    `run ${create}`,
    'move eth1 42',
    'file /run/netns/web',
    'mount /proc/42/ns/net /run/netns/web bind',
    'run crun start web',
    `run ${remove}`,
  ]);
});

test.each<[what: string, failing: string, end: ProgramEnd, result: ProgramEnd, calls: number]>([
  ['create', create, exited(1), exited(1), 2],
  ['start', 'crun start web', exited(2), { notStarted: 'Cannot start it: exit status 2' }, 4],
  [
    'create without a program',
    create,
    { notStarted: 'Cannot run "crun": not in the image' },
    { notStarted: 'Cannot run "crun": not in the image' },
    2,
  ],
])(
  'a failure of %s is the result, and the container is deleted',
  async (_what, failing, end, result, calls) => {
    const fake = afterCreate();
    fake.program = (command) => (command === failing ? { end } : undefined);
    expect(await runContainer(withInterface, contextOf(fake), never)).toEqual(result);
    expect(fake.calls).toHaveLength(calls);
    expect(fake.calls.at(-1)).toBe(`run ${remove}`);
  },
);

test('an interface that cannot be moved is a failure, and the container is not started', async () => {
  const fake = afterCreate();
  fake.failing.set('move eth1 42', new Error('no such device'));
  expect(await runContainer(withInterface, contextOf(fake), never)).toEqual({ notStarted: 'no such device' });
  expect(fake.calls).toEqual([`run ${create}`, 'move eth1 42', `run ${remove}`]);
});

test('a created process that has already ended is a failure, and no unhandled rejection', async () => {
  const fake = fakeContext({ '/run/kit/web.pid': '41' });
  const gone = { notStarted: 'Cannot wait for process 41: it is gone' };
  expect(await runContainer(withInterface, contextOf(fake), never)).toEqual(gone);
  expect(fake.calls).toEqual([`run ${create}`, 'move eth1 41', 'run crun start web', `run ${remove}`]);
  fake.failing.set('move eth1 41', new Error('no such process'));
  const end = await runContainer(withInterface, contextOf(fake), never);
  expect(end).toEqual({ notStarted: 'no such process' });
});

test('once the machine is to end nothing is started', async () => {
  const fake = fakeContext();
  const end = await runContainer(bundleWith(), contextOf(fake), AbortSignal.abort());
  expect(end).toEqual({ notStarted: 'the machine ends' });
  expect(fake.calls).toEqual([]);
});

test('a container to be killed is deleted each second until it has ended', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const fake = fakeContext();
  const end = Promise.withResolvers<ProgramEnd>();
  fake.program = (command) => (command.startsWith('crun run') ? { end: end.promise } : undefined);
  const stop = new AbortController();
  const ended = runContainer(bundleWith(), contextOf(fake), stop.signal);
  const deletions = (): number => fake.calls.filter((call) => call === `run ${remove}`).length;
  await vi.advanceTimersByTimeAsync(5000);
  expect(deletions()).toBe(0);
  stop.abort();
  expect(deletions()).toBe(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(deletions()).toBe(3);
  end.resolve(exited(137));
  expect(await ended).toEqual({ status: 137, signal: 'SIGKILL' });
  await vi.advanceTimersByTimeAsync(5000);
  expect(deletions()).toBe(3);
});
