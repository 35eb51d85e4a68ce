import { expect, test } from 'vitest';
import { bundle, type Fields, type Image, imageX, linuxkit, scope } from '../testing.ts';
import { firstId, idRanges } from './id-ranges.ts';

const image: Image = { Entrypoint: ['/run'] };
const volumes = new Map([
  ...scope.volumes,
  ['filled', { name: 'filled', image: imageX, path: '/filled' }] as const,
]);
const userns = (fields: Fields) => bundle(fields, {}, image, { ...scope, volumes });
const own = [{ containerID: 0, hostID: 1_048_576, size: 65_536 }];

test.each<[what: string, fields: Fields]>([
  ['nothing', {}],
  ['capabilities for its own files', { capabilities: ['CAP_CHOWN', 'CAP_SETUID', 'CAP_DAC_OVERRIDE'] }],
  ['capabilities for a network of its own', { net: 'new', capabilities: ['CAP_NET_ADMIN'] }],
  ['volumes and folders', { binds: ['data:/data', '/var/lib/x:/x', '/sys:/host/sys:ro'] }],
  ['a filled volume, to read', { binds: ['fixed:/b:ro'] }],
  ['limits within those of the machine', { rlimits: ['nofile,1024,1048576', 'core,0,0'] }],
  ['another user', { uid: 65_535, gid: 'redis' }],
])('an entry with %s gets a user namespace with a range of its own', (_what, fields) => {
  const { effective, origins, spec } = userns(fields);
  expect(effective.userns).toBe('new');
  expect(origins.get('userns')).toEqual([{ source: 'kit', path: ['userns'] }]);
  expect(spec.linux).toMatchObject({ uidMappings: own, gidMappings: own });
});

test.each<[reason: string, fields: Fields]>([
  ['capabilities: all', { capabilities: ['all'] }],
  ['capabilities: CAP_SYS_ADMIN', { capabilities: ['CAP_CHOWN', 'CAP_SYS_ADMIN'] }],
  ['capabilities: CAP_NET_BIND_SERVICE', { capabilities: ['CAP_NET_BIND_SERVICE'] }],
  ['capabilities: CAP_SYS_TIME', { ambient: ['CAP_SYS_TIME'] }],
  ['pid: host', { pid: 'host' }],
  ['net: /run/netns/a', { net: '/run/netns/a' }],
  ['runtime.bindNS.net', { net: 'new', runtime: { bindNS: { net: '/run/netns/a' } } }],
  ['devices', { devices: [{ path: '/dev/x', type: 'c', major: 10, minor: 1, mode: '0666' }] }],
  ['sysctl', { net: 'new', sysctl: { 'net.ipv4.ip_forward': '1' } }],
  ['rootfsPropagation: shared', { rootfsPropagation: 'shared' }],
  ['mounts: ext4', { mounts: [{ type: 'ext4', source: '/dev/vda', destination: '/b' }] }],
  ['binds: /', { binds: ['/:/hostroot'] }],
  ['binds: /dev', { mounts: [{ type: 'bind', source: '/dev', destination: '/dev' }] }],
  ['volume filled, which starts with files and is written', { binds: ['filled:/b'] }],
  ['runtime, below its root', { runtime: { mkdir: ['data'] } }],
  ['oomScoreAdj: -1', { oomScoreAdj: -1 }],
  ['rlimits: memlock,unlimited,unlimited', { rlimits: ['memlock,unlimited,unlimited'] }],
  ['uid of 65536 or more', { uid: 65_536 }],
  ['additionalGids of 65536 or more', { additionalGids: [1, 100_000] }],
])('the user namespace of the machine because of %s', (reason, fields) => {
  const { effective, origins, spec } = userns(fields);
  expect(effective.userns).toBe('root');
  expect(origins.get('userns')).toEqual([{ source: 'kit', path: ['userns'], reason }]);
  expect(spec.linux.uidMappings).toBeUndefined();
});

test('more open files than init has need the user namespace of the machine', () => {
  const rlimits = ['RLIMIT_NOFILE,32,2000000'];
  const { effective } = bundle({ rlimits }, {}, image, { ...scope, openFiles: 2 ** 22 });
  expect(effective.userns).toBe('root');
});

test('what the manifest or the label says counts', () => {
  expect(userns({ userns: 'root' }).effective.userns).toBe('root');
  expect(userns({ userns: 'new', pid: 'host' }).spec.linux.uidMappings).toEqual(own);
  const uidMappings = [{ containerID: 0, hostID: 5, size: 9 }];
  expect(userns({ userns: 'new', uidMappings }).spec.linux).toMatchObject({ uidMappings });
  const { effective, origins } = bundle({}, { userns: 'host' });
  expect([effective.userns, origins.get('userns')?.[0]?.source]).toEqual(['host', 'label']);
});

test.each<[what: string, fields: Fields, type: string]>([
  ['runc', { ociRuntime: 'runc' }, 'bind'],
  ['runc with a network of its own', { ociRuntime: 'runc', net: 'new' }, 'sysfs'],
  ["runc in the machine's user namespace", { ociRuntime: 'runc', userns: 'root' }, 'sysfs'],
  ['crun, which does it by itself', {}, 'sysfs'],
])('%s has a /sys that the kernel lets it mount', (_what, fields, type) => {
  const sys = userns(fields).spec.mounts.find(({ destination }) => destination === '/sys');
  expect(sys).toMatchObject({ type, options: expect.arrayContaining(['ro', 'nosuid']) });
});

test("LinuxKit's init gets what LinuxKit would write", () => {
  expect(bundle({}, {}, image, linuxkit).spec.linux.namespaces).not.toContainEqual({ type: 'user' });
});

test('a range follows from the name, whatever other entries there are', () => {
  const names = Array.from({ length: 300 }, (_, at) => `service-${at}`);
  const ranges = idRanges(names);
  expect(new Set(ranges.values()).size).toBe(names.length);
  for (const first of ranges.values()) {
    expect(first % 65_536).toBe(0);
    expect(first).toBeGreaterThanOrEqual(524_288);
    expect(first + 65_535).toBeLessThanOrEqual(1_879_048_191);
  }
  expect(idRanges(names.toReversed())).toEqual(ranges);
  expect(idRanges(['db', 'web']).get('web')).toBe(idRanges(['web', 'zoo', 'web']).get('web'));
});

test('of two names with the same range, the later one takes the next', () => {
  const byRange = new Map<number, string>();
  const names = Array.from({ length: 2000 }, (_, at) => `n${String(at).padStart(4, '0')}`);
  const pair = names.flatMap((name) => {
    const other = byRange.get(firstId(name));
    byRange.set(firstId(name), name);
    return other ? [other, name] : [];
  });
  const [a = '', b = ''] = pair;
  expect([...idRanges([b, a])]).toEqual([
    [a, firstId(a)],
    [b, firstId(b, 1)],
  ]);
});
