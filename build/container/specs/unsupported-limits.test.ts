import { expect, test } from 'vitest';
import { withoutUnsupported } from './unsupported-limits.ts';

test('only limits without a controller are removed from a spec', () => {
  const resources = { memory: { limit: 1 }, pids: { limit: 2 }, devices: [{ allow: false }] };
  const spec = { ociVersion: '1.2.0', linux: { cgroupsPath: '/svc/web', resources } };
  const { spec: changed, dropped } = withoutUnsupported(spec, new Set(['pids']));
  expect(dropped).toEqual(['memory']);
  const { memory: _memory, ...rest } = resources;
  expect(changed).toEqual({ ...spec, linux: { ...spec.linux, resources: rest } });
  expect(withoutUnsupported({}, new Set()).dropped).toEqual([]);
});
