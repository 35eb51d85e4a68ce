import { expect, test } from 'vitest';
import { volumeMounts } from './layered-volumes.ts';

const folder = '/containers/volumes/v';
const lower = `/run/layers/top${folder}/lower`;
const tmpfs = { destination: `${folder}/tmp`, type: 'tmpfs', source: 'tmpfs', options: [] };
const overlay = (lowerdir: string, ...options: string[]) => ({
  destination: `${folder}/merged`,
  type: 'overlay',
  source: 'overlay',
  options: [`lowerdir=${lowerdir}`, ...options],
});
const written = [`upperdir=${folder}/tmp/upper`, `workdir=${folder}/tmp/work`];

test.each([
  ['blank', false, [], [{ ...tmpfs, destination: `${folder}/merged`, options: ['mode=755'] }]],
  ['filled', false, ['1', '2'], [tmpfs, overlay(`${lower}:/run/layers/2:/run/layers/1`, ...written)]],
  ['filled, read-only', true, ['1'], [overlay(`${lower}:/run/layers/1`, 'ro')]],
  [
    'blank, read-only',
    true,
    [],
    [{ destination: `${folder}/merged`, type: '', source: lower, options: ['bind', 'ro'] }],
  ],
] as const)('%s', (_title, readonly, layers, mounts) => {
  expect(volumeMounts({ name: 'v', readonly }, layers)).toEqual(mounts);
});
