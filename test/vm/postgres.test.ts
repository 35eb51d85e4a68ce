import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { needsRoot } from '../support/needs.ts';
import { run } from '../support/run-kit.ts';

test('no committed row of examples/postgres.yml is lost in a power cut', {
  ...needsRoot('loop devices and mounts'),
  timeout: 1_200_000,
}, async () => {
  const main = join(kitRoot, 'test/powercuts/main.ts');
  const numbers = ['--times', '10', '--rows', '60', '--boots', '1', '--seed', '1'];
  const args = ['--disable-warning=ExperimentalWarning', main, 'postgres', ...numbers];
  const { status, stdout, stderr } = await run(process.execPath, args, { timeoutMs: 1_200_000 });
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  const [cuts, boots] = stdout.trim().split('\n');
  expect(cuts).toMatch(/^postgres, seed 1: \d+ rows, 10 cuts in \d+ requests: .*\d has its data/);
  expect(cuts).toMatch(/; no committed row is lost$/);
  expect(boots).toBe('postgres: 1 boot of a machine after a power cut, 0 rows committed, none of them lost');
});
