import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { machineNamed, shell } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

/** One boot of limits.yml, most of whose services misbehave. */
const odd = 'A.b_c-D.0.1_2-3.Services.With-A-Name.That_Nobody.Would-Type.Twice-0123456789';
const machine = machineNamed(`test-${process.pid}-limits`);
/** The stderr of kit run, which reports the failed services. */
let runErrors: string;

beforeAll(async () => {
  const manifest = join(kitRoot, 'test/vm/limits.yml');
  const { status, stderr } = await kit('run', '--detach', '--name', machine.name, manifest);
  runErrors = stderr;
  expect(status, await machine.describe(stderr)).toBe(1);
  await machine.until(
    'settled',
    () => machine.console(),
    (text) => /kit: ready in/.test(text),
    { timeoutMs: 300_000 },
  );
});

afterAll(() => machine[Symbol.asyncDispose]());

interface Incident {
  readonly service: string;
  readonly what: string;
  readonly count: number;
}

const incidents = async (service: string): Promise<Incident[]> =>
  JSON.parse((await kit('incidents', '--json', machine.name, service)).stdout);

const consoleLines = async (pattern: RegExp): Promise<string[]> =>
  (await machine.console()).split(/\r?\n/).filter((line) => pattern.test(line));

/** Triggers a service's misbehaviour. */
const go = (service: string) => kit('exec', machine.name, service, 'touch', '/go');

/** Runs an action and checks that the other services stayed ready, in the same processes. */
async function undisturbed(act: () => Promise<void>, ...but: readonly string[]): Promise<void> {
  const now = async () =>
    (await machine.status()).services
      .filter(({ name, state }) => state === 'ready' && !but.includes(name))
      .map(({ name, pid, restarts }) => ({ name, pid, restarts }));
  const before = await now();
  expect(before.length).toBeGreaterThan(3);
  await act();
  expect(await now()).toEqual(before);
}

test('a container of onboot that takes all memory is killed alone, at the limit of the machine', async () => {
  const bytes = Number(/^greedy: (\d+)$/m.exec((await machine.console()).replaceAll('\r', ''))?.[1]);
  const total = 1024 * Number(/MemTotal: +(\d+)/.exec(await shell(machine, 'cat /proc/meminfo'))?.[1]);
  expect(bytes).toBeGreaterThan(total / 4);
  expect(bytes).toBeLessThanOrEqual((total * 3) / 4);
  expect(await consoleLines(/onboot greedy failed/)).toEqual([expect.stringMatching(/killed by SIGKILL/)]);
});

const cannot = {
  missing: /cannot start: .*\/data\/nope.*No such file or directory/,
  'no-program': /cannot start: the path `\/proc\/version` exists but it is not executable/,
  'no-source': /cannot start: Cannot bind "\/var\/nowhere": no such file or directory/,
};

test('kit run says why a service that it has seen fail cannot start', () => {
  const failures = Object.entries(cannot).map(([name, why]) => `${name} is failed: ${why.source}`);
  expect(runErrors).toMatch(new RegExp(`is not ready: .*(${failures.join('|')})`));
});

test.each(Object.entries(cannot))(
  '%s: a console line, an incident and its state have the reason',
  async (name, why) => {
    const lines = await consoleLines(new RegExp(`"${name}"`));
    expect(lines).toEqual([expect.stringMatching(why)]);
    expect(await incidents(name)).toMatchObject([
      { service: name, what: expect.stringMatching(why), count: 1 },
    ]);
    expect(await machine.service(name)).toMatchObject({
      state: 'failed',
      lastExit: expect.stringMatching(why),
      pid: 0,
    });
  },
);

test.each([odd, '0'])('supports a service named %s', async (name) => {
  expect(await machine.service(name)).toMatchObject({ state: 'ready', restarts: 0 });
  expect((await kit('exec', machine.name, name, 'echo', 'hello')).stdout).toBe('hello\n');
  const { pid } = await machine.service(name);
  await shell(machine, `kill -9 ${pid}`);
  await machine.until(
    'started again',
    () => machine.service(name),
    ({ restarts, state }) => restarts === 1 && state === 'ready',
  );
  expect(await incidents(name)).toMatchObject([{ service: name, what: 'ended: killed by SIGKILL' }]);
  const { stdout } = await kit('logs', machine.name, name);
  expect(stdout).toContain('killed by SIGKILL');
});

test('reports a service out of memory with its limit and restarts it, without affecting others', async () => {
  const why = 'ended: killed by the kernel: out of memory, its limit is 32.0 MiB';
  // containerd protects its shims from the OOM killer. A service must not inherit that.
  const { pid } = await machine.service('memory');
  expect(await shell(machine, `cat /proc/${pid}/oom_score_adj`)).toBe('0\n');
  await undisturbed(async () => {
    expect(await go('memory')).toMatchObject({ status: 0 });
    await machine.until(
      'started again',
      () => machine.service('memory'),
      ({ restarts, state }) => restarts > 0 && state === 'ready',
    );
  }, 'memory');
  expect(await consoleLines(/"memory"/)).toEqual([`service "memory" ${why}; next start in 0.1 s`]);
  expect(await incidents('memory')).toMatchObject([{ what: why, count: 1 }]);
});

test('contains and reports a fork bomb with a limit of processes', async () => {
  const why = /ended: exit status \d+ \(its limit of 20 processes refused \d+\)/;
  await undisturbed(async () => {
    expect(await go('forks')).toMatchObject({ status: 0 });
    await machine.until(
      'started again',
      () => machine.service('forks'),
      ({ restarts, state }) => restarts > 0 && state === 'ready',
    );
  }, 'forks');
  expect(await consoleLines(/"forks"/)).toEqual([expect.stringMatching(why)]);
  expect(await incidents('forks')).toMatchObject([{ what: expect.stringMatching(why) }]);
});

test('the supervisor answers while a service uses all processors', async () => {
  await undisturbed(
    async () => {
      expect(await go('cpu')).toMatchObject({ status: 0 });
      await machine.until(
        'busy',
        () => machine.service('cpu'),
        ({ processes }) => processes > 4,
      );
      expect(await kit('restart', machine.name, '0')).toMatchObject({ status: 0 });
      expect((await kit('logs', machine.name, '--tail', '1', 'deaf')).stdout).toContain('deaf');
      expect(await kit('stop', machine.name, 'cpu')).toMatchObject({ status: 0 });
    },
    '0',
    'cpu',
  );
  expect(await machine.service('cpu')).toMatchObject({ state: 'stopped', processes: 0 });
});

test('kills a service that ignores its stop signal after the timeout and reports it', async () => {
  const why = 'did not stop on SIGINT within 2 s: killed';
  await undisturbed(async () => {
    const { status, stderr } = await kit('stop', machine.name, 'deaf');
    expect(status, stderr).toBe(0);
  }, 'deaf');
  expect(await machine.service('deaf')).toMatchObject({ state: 'stopped', lastExit: 'killed by SIGKILL' });
  expect(await consoleLines(/"deaf"/)).toEqual([`service "deaf" ${why}`]);
  expect(await incidents('deaf')).toMatchObject([{ what: why }]);
});

test('poweroff inside the machine powers it off', async () => {
  await shell(machine, 'poweroff');
  await machine.until(
    'off',
    async () => (await machine.status()).state,
    (state) => state === 'stopped',
  );
  const last = (await machine.console()).trimEnd().split(/\r?\n/);
  expect(last.at(-1)).toMatch(/reboot: Power down$/);
  expect(last).toContain('kit: poweroff, requested by SIGUSR2');
});
