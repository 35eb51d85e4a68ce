import { expect, test } from 'vitest';
import { type Attack, Untried } from './attack.ts';
import { runAttacks } from './run-attacks.ts';

const throwing =
  (thrown: unknown): Attack =>
  () => {
    throw thrown;
  };

test.each<[outcome: string, detail: string, attack: Attack]>([
  ['succeeded', 'read it', () => 'read it'],
  ['refused', '', () => undefined],
  ['refused', 'EPERM', throwing(Object.assign(new Error('no'), { code: 'EPERM' }))],
  ['unknown', 'EIO', throwing(Object.assign(new Error('EIO'), { code: 'EIO' }))],
  ['untried', 'no ssh server', throwing(new Untried('no ssh server'))],
])('%s: %s', async (outcome, detail, attack) => {
  const results = await Array.fromAsync(runAttacks({ it: attack }));
  expect(results).toEqual([{ id: 'it', outcome, detail }]);
});
