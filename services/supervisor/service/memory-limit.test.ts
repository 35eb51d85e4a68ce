import { expect, test } from 'vitest';
import { withMemoryLimit } from './memory-limit.ts';
import type { ServiceSpec } from './service-spec.ts';

/** The parts that matter here. */
const specOf = (linux: object): ServiceSpec => ({ process: {}, linux }) as ServiceSpec;

const spec = specOf({
  cgroupsPath: '/svc/web',
  resources: { pids: { limit: 5 }, memory: { reservation: 1 } },
});

const files = {
  '/sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory pids\n',
  '/proc/meminfo': 'MemTotal:        409600 kB\nShmem:               0 kB\n',
};
const reading =
  (texts: Readonly<Record<string, string>>) =>
  (path: string): string =>
    texts[path] ?? '';

test('a service that sets no limit gets that of the machine, beside its own settings', () => {
  expect(withMemoryLimit(spec, { limitMemory: true }, reading(files)).linux).toEqual({
    cgroupsPath: '/svc/web',
    resources: { pids: { limit: 5 }, memory: { reservation: 1, limit: 300 * 2 ** 20 } },
  });
});

test.each<[string, ServiceSpec, true | undefined, Readonly<Record<string, string>>]>([
  ['the bundle has its own', spec, undefined, files],
  ['no cgroup', specOf({}), true, files],
  ['no controller of memory', spec, true, { ...files, '/sys/fs/cgroup/cgroup.controllers': 'pids\n' }],
  ['no cgroups at all', spec, true, {}],
])('no limit is added: %s', (_title, given, limitMemory, texts) => {
  expect(withMemoryLimit(given, limitMemory ? { limitMemory } : {}, reading(texts))).toBe(given);
});
