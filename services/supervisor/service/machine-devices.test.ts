import { expect, test } from 'vitest';
import { deviceNumbers } from '../../../lib/linux/mount/device-node.ts';
import { withMachineDevices } from './machine-devices.ts';
import type { ServiceSpec } from './service-spec.ts';

/** The parts that matter here. */
const spec = {
  process: {},
  linux: { devices: [{ path: '/dev/own' }], resources: { devices: [{ allow: false, access: 'rwm' }] } },
} as unknown as ServiceSpec;

test('a device of the machine comes with its numbers, and the rights of its mode', () => {
  const devices = [
    { path: '/dev/nul*', type: 'c', mode: 0o400 },
    { path: '/dev/zero', type: 'c', mode: 0o660 },
  ] as const;
  const nodes = [
    { path: '/dev/null', type: 'c', major: 1, minor: 3, fileMode: 0o400, uid: 0, gid: 0 },
    { path: '/dev/zero', type: 'c', major: 1, minor: 5, fileMode: 0o660, uid: 0, gid: 0 },
  ];
  const rules = [
    { allow: true, type: 'c', major: 1, minor: 3, access: 'r' },
    { allow: true, type: 'c', major: 1, minor: 5, access: 'rw' },
  ];
  expect(withMachineDevices(spec, { devices }).linux).toEqual({
    devices: [{ path: '/dev/own' }, ...nodes],
    resources: { devices: [{ allow: false, access: 'rwm' }, ...rules] },
  });
});

test.each([
  ['there is none of that name', '/dev/kit-none'],
  ['nor any that matches', '/dev/kit-n.ne*'],
  ['the folder is missing', '/kit-none/x*'],
  ['it is another type', '/dev/nul*'],
  ['it is no device', '/etc/passwd'],
])('nothing is added where %s', (_title, path) => {
  const type = path === '/dev/nul*' ? 'b' : 'c';
  expect(withMachineDevices(spec, { devices: [{ path, type, mode: 0o600 }] })).toBe(spec);
});

test('numbers above 255', () => {
  // makedev(259, 70000)
  expect(deviceNumbers(0x1111_0370)).toEqual({ major: 259, minor: 70_000 });
});
