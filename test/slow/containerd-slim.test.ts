import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { boot, type TestMachine } from '../support/machine.ts';
import { type Result, run } from '../support/run-kit.ts';

/** The machine of the supervisor with pkg/containerd-slim, which is built from source for minutes. */
const buildMs = 1_800_000;
const patientKit = (...words: readonly string[]): Promise<Result> =>
  run(join(kitRoot, 'kit'), words, { timeoutMs: buildMs });
let machine: TestMachine;

beforeAll(async () => {
  const built = await patientKit('pkg', 'build', 'pkg/containerd-slim');
  expect(built.status, built.stderr).toBe(0);
  machine = await boot('test/slow/containerd-slim.yml', { timeoutMs: 900_000 });
}, buildMs);
afterAll(() => machine?.[Symbol.asyncDispose]());

const shell = (script: string): Promise<{ readonly status: number; readonly stdout: string }> =>
  machine.exec('sh', ['-c', script]);

test('containers start, run commands, and are started again when containerd was killed', async () => {
  const { services } = await machine.status();
  expect(services.filter(({ section }) => section === 'services').map(({ state }) => state)).toEqual([
    'ready',
    'ready',
  ]);
  expect(await machine.exec('sh', ['-c', 'exit 7'], { service: 'sshd' })).toMatchObject({ status: 7 });
  const { stdout: before } = await shell('pidof containerd');
  await shell('kill -9 $(pidof containerd)');
  await expect
    .poll(async () => (await shell('pidof containerd')).stdout, { timeout: 120_000 })
    .toMatch(new RegExp(`^(?!${before.trim()}\\n)\\d+\\n$`));
  await machine.restart('sshd');
  expect(await machine.exec('sh', ['-c', 'exit 7'], { service: 'sshd' })).toMatchObject({ status: 7 });
});

test(
  'two builds in two folders give the same bytes',
  async () => {
    const { status, stderr } = await patientKit('pkg', 'build', '--check', 'pkg/containerd-slim');
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('gave the same bytes');
  },
  buildMs,
);
