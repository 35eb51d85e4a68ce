import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { needs } from '../../../test/support/needs.ts';

const preload = join(import.meta.dirname, 'preload.cjs');
const namespaces = ['-U', '-r', '-p', '-f', '--kill-child'];
const canUnshare = spawnSync('unshare', [...namespaces, 'true']).status === 0;

/** The exit status after this signal of a Node program that is the first process of a PID namespace. */
async function endBy(signal: NodeJS.Signals, program: string): Promise<number | null> {
  const script = `${program}; console.log('up as', process.pid); setInterval(() => {}, 1000);`;
  const args = [...namespaces, process.execPath, `--require=${preload}`, '-e', script];
  const unshare = spawn('unshare', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(unshare.stdout, 'data');
  expect(String(line)).toBe('up as 1\n');
  const child = Number(readFileSync(`/proc/${unshare.pid}/task/${unshare.pid}/children`, 'utf8'));
  process.kill(child, signal);
  const [status] = await once(unshare, 'exit');
  return status;
}

const asPid1 = needs('user and PID namespaces', canUnshare);

test('SIGTERM and SIGINT end PID 1', asPid1, async () => {
  expect(await endBy('SIGTERM', '')).toBe(143);
  expect(await endBy('SIGINT', '')).toBe(130);
});

test("a program's own handler takes precedence", asPid1, async () => {
  expect(await endBy('SIGTERM', "process.on('SIGTERM', () => process.exit(7))")).toBe(7);
});
