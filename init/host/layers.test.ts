import { expect, test } from 'vitest';
import { fakeContext } from '../testing/fake-context.ts';
import { mountLayers, mountVolumes } from './layers.ts';

test('layers: those of bundles are mounted; a damaged one is logged, and the others are mounted', () => {
  const [root, first, second] = ['0'.repeat(16), '1'.repeat(16), '2'.repeat(16)];
  const index = `${root} 5 root\n${first} 5 bundle\n${second} 5 bundle\n`;
  const context = fakeContext({ '/run/layerfiles/index': index });
  context.failing.set(
    `image /run/layerfiles/${first}.erofs /run/layers/${first} erofs`,
    new Error('EUCLEAN'),
  );
  mountLayers(context);
  expect(context.shown).toEqual([`layer ${first} failed: EUCLEAN`]);
  expect(context.calls.filter((line) => line.startsWith('image'))).toEqual([
    `image /run/layerfiles/${first}.erofs /run/layers/${first} erofs`,
    `image /run/layerfiles/${second}.erofs /run/layers/${second} erofs`,
  ]);
});

test('volumes: one with a tmp folder is writable, one without is read-only', () => {
  const volumes = '/containers/volumes';
  const context = fakeContext({ [`${volumes}/a/tmp/.keep`]: '', [`${volumes}/b/lower/x`]: '' });
  expect(mountVolumes(context)).toBe('a, b');
  const writable = `upperdir=${volumes}/a/tmp/upper,workdir=${volumes}/a/tmp/work`;
  expect(context.calls.filter((line) => line.startsWith('mount'))).toEqual([
    `mount tmpfs ${volumes}/a/tmp tmpfs`,
    `mount overlay ${volumes}/a/merged overlay lowerdir=${volumes}/a/lower,${writable}`,
    `mount ${volumes}/b/lower ${volumes}/b/merged bind,ro`,
  ]);
});
