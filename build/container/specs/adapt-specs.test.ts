import { expect, test } from 'vitest';
import { onlyOwnIds } from '../ids/id-range.ts';
import { adaptRuntime, adaptSpec } from './adapt-specs.ts';

const spec = {
  process: { user: { uid: 70, gid: 0 } },
  linux: { cgroupsPath: '/svc/db', resources: { memory: { limit: 1 } } },
};
const runtime = {
  cgroups: ['svc/db'],
  mounts: [{ destination: '/run/x', options: ['size=16k', 'uid=70', 'gid=0'] }],
};
const ids = onlyOwnIds(1000, 1000);

test('a container with everything runs what the image says', () => {
  const everything = { controllers: new Set(['memory']), ids: null, hardLimits: new Map() };
  expect(adaptSpec(spec, everything)).toEqual({ spec, notes: [] });
  expect(adaptRuntime(runtime, everything)).toEqual(runtime);
});

test('without cgroups and with one id, limits and owners are removed and named', () => {
  const nothing = { controllers: null, ids, hardLimits: new Map() };
  expect(adaptSpec(spec, nothing)).toEqual({
    spec: { process: { user: { uid: 0, gid: 0 } }, linux: { resources: {} } },
    notes: [
      "without limits of memory: this host's cgroups have none",
      'runs as root, not as 70:0: the container does not have these ids',
    ],
  });
  expect(adaptRuntime(runtime, nothing)).toEqual({
    cgroups: [],
    mounts: [{ destination: '/run/x', options: ['size=16k', 'gid=0'] }],
  });
});
