import { expect, test } from 'vitest';
import { withOwnersKept, withSharedUserNamespace } from './shared-user-namespace.ts';

test('a user namespace of its own is left out, one that is joined is kept', () => {
  const map = [{ containerID: 0, hostID: 5, size: 1 }];
  const spec = {
    linux: { namespaces: [{ type: 'pid' }, { type: 'user' }], uidMappings: map, gidMappings: map },
  };
  expect(withSharedUserNamespace(spec)).toEqual({ linux: { namespaces: [{ type: 'pid' }] } });
  const joined = { linux: { namespaces: [{ type: 'user', path: '/run/users' }], uidMappings: map } };
  expect(withSharedUserNamespace(joined)).toBe(joined);
});

test('files keep their owners', () => {
  const runtime = { cgroups: [], mounts: [], kit: { restart: 'no', ids: {} } };
  expect(withOwnersKept(runtime)).toEqual({ ...runtime, kit: { restart: 'no' } });
});
