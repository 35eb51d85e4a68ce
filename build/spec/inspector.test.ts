import { expect, test } from 'vitest';
import { bundle, linuxkit, scope } from './testing.ts';

const node = { Entrypoint: ['/usr/bin/node', '/main.mjs'] };
const door = (of: ReturnType<typeof bundle>) => [
  of.spec.mounts.find(({ destination }) => destination === '/usr/lib/kit/inspect'),
  of.runtime.mounts.find(({ destination }) => destination === '/run/kit/inspect/web'),
];

test('the inspector folder of a Node service is a small tmpfs that only its user and root can access', () => {
  expect(door(bundle({}, {}, node))).toEqual([
    {
      destination: '/usr/lib/kit/inspect',
      type: 'bind',
      source: '/run/kit/inspect/web',
      options: ['rbind', 'rprivate', 'nosuid', 'nodev', 'noexec'],
    },
    {
      destination: '/run/kit/inspect/web',
      type: 'tmpfs',
      source: 'tmpfs',
      options: ['nosuid', 'nodev', 'noexec', 'size=16k', 'mode=700', 'uid=0'],
    },
  ]);
});

test('it is owned by the uid of the service, which in a user namespace that it joins is another', () => {
  const owner = (fields: object) => door(bundle(fields, {}, node))[1]?.options?.at(-1);
  expect(owner({ uid: 1000 })).toBe('uid=1000');
  const uidMappings = [{ hostID: 100_000, containerID: 0, size: 65_536 }];
  expect(owner({ uid: 7, userns: 'new', uidMappings })).toBe('uid=7');
  expect(owner({ uid: 7, userns: '/run/userns', uidMappings })).toBe('uid=100007');
});

test.each([
  ['production', node, { ...scope, production: true }],
  ['a program of another kind', { Entrypoint: ['/usr/bin/redis'] }, scope],
  ['an onboot container', node, { ...scope, section: 'onboot' as const }],
  ["LinuxKit's init", node, linuxkit],
])('none: %s', (_why, image, at) => {
  expect(door(bundle({}, {}, image, at))).toEqual([undefined, undefined]);
});
