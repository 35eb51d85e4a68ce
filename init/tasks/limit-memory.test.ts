import { expect, test } from 'vitest';
import { fakeBundle } from '../testing/fake-bundle.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { limitMemory } from './limit-memory.ts';

const files = {
  '/sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory pids\n',
  '/proc/meminfo': 'MemTotal:        409600 kB\nShmem:               0 kB\n',
  '/containers/onboot/web/config.json': '{"linux": {"cgroupsPath": "/tasks/web"}}',
};
const limit = '/sys/fs/cgroup/tasks/web/memory.max';
const left = fakeBundle({ name: 'web', section: 'onboot', limitMemory: true });

test('a container gets a cgroup with the limit of the machine', () => {
  const { system, calls, disk } = fakeContext(files);
  limitMemory(left, system);
  expect(calls).toEqual(['cgroup /tasks/web']);
  expect(disk.get(limit)).toBe(String(300 * 2 ** 20));
});

test.each([
  ['its manifest has a limit, or none', fakeBundle({ name: 'web', section: 'onboot' }), {}],
  ['there is no controller of memory', left, { '/sys/fs/cgroup/cgroup.controllers': 'pids\n' }],
  ['it has no cgroup of its own', left, { '/containers/onboot/web/config.json': '{"linux": {}}' }],
])('none if %s', (_title, bundle, other) => {
  const { system, calls, disk } = fakeContext({ ...files, ...other });
  limitMemory(bundle, system);
  expect([calls, disk.get(limit)]).toEqual([[], undefined]);
});
