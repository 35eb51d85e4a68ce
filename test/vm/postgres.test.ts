import { expect, test } from 'vitest';
import { powerCuts } from '../powercuts/run.ts';
import { needsRoot } from '../support/needs.ts';

// With 50 cuts: test/slow/power-cuts.test.ts.
test('no committed row of examples/postgres.yml is lost in a power cut', {
  ...needsRoot('loop devices and mounts'),
  timeout: 1_200_000,
}, async () => {
  const numbers = ['--times', '10', '--rows', '60', '--boots', '1', '--seed', '1'];
  const [cuts, boots] = await powerCuts(['postgres', ...numbers]);
  expect(cuts).toMatch(/^postgres, seed 1: \d+ rows, 10 cuts in \d+ requests: .*\d has its data/);
  expect(cuts).toMatch(/; no committed row is lost$/);
  expect(boots).toBe('postgres: 1 boot of a machine after a power cut, 0 rows committed, none of them lost');
});
