import { expect, test } from 'vitest';
import { rootfsMounts } from './rootfs-mounts.ts';

test('mounts of a root file system, read-only and with a tmpfs for writes', () => {
  expect(rootfsMounts('containers/services/a', ['1', '2'], true)).toEqual([
    {
      ...{ destination: '/containers/services/a/rootfs', type: 'overlay', source: 'overlay' },
      options: ['lowerdir=/run/layers/top/containers/services/a/lower:/run/layers/2:/run/layers/1', 'ro'],
    },
  ]);
  expect(rootfsMounts('containers/services/a', ['1'], false)).toEqual([
    { destination: '/containers/services/a/tmp', type: 'tmpfs', source: 'tmpfs', options: [] },
    {
      ...{ destination: '/containers/services/a/rootfs', type: 'overlay', source: 'overlay' },
      options: [
        'lowerdir=/run/layers/top/containers/services/a/lower:/run/layers/1',
        'upperdir=/containers/services/a/tmp/upper',
        'workdir=/containers/services/a/tmp/work',
      ],
    },
  ]);
  const many = Array.from({ length: 200 }, (_, at) => `${at}`.padStart(16, '0'));
  expect(() => rootfsMounts('containers/services/a', many, true)).toThrow('more than overlayfs takes');
});
