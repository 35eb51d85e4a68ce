import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { openProcess } from './pidfd.ts';

test('a handle sends signals and reports the end; later signals reach no process', async () => {
  const child = spawn('sleep', ['1000']);
  const exit = once(child, 'exit');
  const held = openProcess(child.pid ?? 0);
  expect(held?.signal(0)).toBe(true);
  expect(held?.signal(constants.signals.SIGTERM)).toBe(true);
  await held?.ended;
  expect((await exit)[1]).toBe('SIGTERM');
  expect(held?.signal(constants.signals.SIGTERM)).toBe(false);
  held?.release();
  held?.release();
  expect(held?.signal(0)).toBe(false);
  expect(openProcess(child.pid ?? 0)).toBeUndefined();
});
