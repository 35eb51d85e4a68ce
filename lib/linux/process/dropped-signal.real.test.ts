import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { needsRoot } from '../../../test/support/needs.ts';
import { dropsSignal } from './dropped-signal.ts';

const inPidNamespace = needsRoot('PID namespaces');

/** Runs a shell line as the first process of a PID namespace, and waits until it has printed a line. */
async function start(line: string): Promise<{ pid: number; exited: Promise<unknown> } & Disposable> {
  const unshare = spawn('unshare', ['--pid', '--fork', '--kill-child', 'sh', '-c', line], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(unshare, 'exit');
  await once(unshare.stdout, 'data');
  const [pid] = readFileSync(`/proc/${unshare.pid}/task/${unshare.pid}/children`, 'utf8').split(' ');
  return { pid: Number(pid), exited, [Symbol.dispose]: () => unshare.kill('SIGKILL') };
}

test.each([
  ['has no handler', 'echo up; exec sleep 60', true],
  ['ignores it', "trap '' TERM; echo up; exec sleep 60", false],
])('a first process that %s outlives SIGTERM', inPidNamespace, async (_what, line, dropped) => {
  using first = await start(line);
  expect(dropsSignal(first.pid, 15)).toBe(dropped);
  process.kill(first.pid, 'SIGTERM');
  const status = readFileSync(`/proc/${first.pid}/status`, 'utf8');
  expect(status).toMatch(/^State:\s*[RSD]/m);
  expect(status).toMatch(/^ShdPnd:\s*0+$/m);
});

test('a first process with a handler ends on SIGTERM', inPidNamespace, async () => {
  using first = await start("trap 'exit 0' TERM; echo up; while :; do sleep 0.1; done");
  expect(dropsSignal(first.pid, 15)).toBe(false);
  process.kill(first.pid, 'SIGTERM');
  await first.exited;
  expect(dropsSignal(first.pid, 15)).toBe(false);
});
