import { expect, test } from 'vitest';
import { withMappedIds } from './mapped-ids.ts';

const spec = {
  ociVersion: '1.2.1',
  process: { args: ['/bin/web'], user: { uid: 999, gid: 998, additionalGids: [5, 100] } },
  mounts: [
    { destination: '/dev/pts', type: 'devpts', options: ['nosuid', 'gid=5', 'mode=620'] },
    { destination: '/data', type: 'tmpfs', options: ['uid=999', 'size=1m'] },
    { destination: '/plain' },
  ],
};

test('with one id, everything is root', () => {
  const { spec: changed, notes } = withMappedIds(spec, 1, 1);
  expect(changed).toEqual({
    ...spec,
    process: { args: ['/bin/web'], user: { uid: 0, gid: 0 } },
    mounts: [
      { destination: '/dev/pts', type: 'devpts', options: ['nosuid', 'mode=620'] },
      { destination: '/data', type: 'tmpfs', options: ['size=1m'] },
      { destination: '/plain' },
    ],
  });
  expect(notes).toEqual(['runs as root, not as 999:998: the container does not have these ids']);
});

test('ids that are there are kept', () => {
  expect(withMappedIds(spec, 65_536, 65_536)).toEqual({ spec, notes: [] });
  const root = { process: { user: { uid: 0, gid: 0 } } };
  expect(withMappedIds(root, 1, 1)).toEqual({ spec: root, notes: [] });
  const { spec: changed } = withMappedIds(spec, 1000, 50);
  expect(changed.process?.user).toEqual({ uid: 999, gid: 0, additionalGids: [5] });
});
