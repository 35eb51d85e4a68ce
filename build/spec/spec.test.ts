import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { ImageConfig } from '../../lib/oci/types.ts';
import { capabilities } from '../manifest/names.ts';
import { parseManifest } from '../manifest/parse.ts';
import type { Entry, EntryDefaults } from '../manifest/types.ts';
import { type BundleScope, bundleSpec } from './bundle.ts';
import { type Spec, specJson } from './oci-runtime.ts';

type Fields = Omit<Entry, 'name' | 'image'>;
type Image = ImageConfig['config'];

const scope: BundleScope = {
  reader: 'kit',
  section: 'services',
  ids: new Map([['redis', 101]]),
  volumes: new Map([
    ['data', { name: 'data' }],
    ['fixed', { name: 'fixed', readonly: true }],
  ]),
  services: new Set(['web', 'db']),
};

/** The bundle of an entry with these fields, which the manifest's own parser must accept. */
function bundle(
  fields: Fields = {},
  label: EntryDefaults = {},
  image: Image = { Entrypoint: ['/run'] },
  at = scope,
) {
  const entry = { name: 'web', image: 'x', ...fields };
  expect(() => parseManifest(stringify({ services: [entry] }), 'x.yml', '/')).not.toThrow();
  return bundleSpec(entry, { ...image, Labels: { 'org.mobyproject.config': JSON.stringify(label) } }, at);
}

const spec = (...args: Parameters<typeof bundle>): Spec => bundle(...args).spec;

/** What stands at a dotted path of the spec. */
function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((held, key) => (held as Record<string, unknown> | undefined)?.[key], value);
}

test('an entry without any field', () => {
  expect(spec()).toEqual({
    ociVersion: '1.2.1',
    process: { user: { uid: 0, gid: 0 }, args: ['/run'], cwd: '/', capabilities: {} },
    root: { path: 'rootfs' },
    mounts: [
      {
        destination: '/dev',
        type: 'tmpfs',
        source: 'tmpfs',
        options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
      },
      {
        destination: '/dev/pts',
        type: 'devpts',
        source: 'devpts',
        options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'],
      },
      {
        destination: '/proc',
        type: 'proc',
        source: 'proc',
        options: ['nosuid', 'nodev', 'noexec', 'relatime'],
      },
      { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev'] },
      {
        destination: '/sys/fs/cgroup',
        type: 'cgroup',
        source: 'cgroup',
        options: ['nosuid', 'noexec', 'nodev', 'relatime', 'ro'],
      },
    ],
    linux: {
      resources: {},
      cgroupsPath: '/svc/web',
      namespaces: [{ type: 'pid' }, { type: 'mount' }, { type: 'cgroup' }],
    },
  });
});

describe('each field', () => {
  const rows: readonly (readonly [title: string, fields: Fields, path: string, value: unknown])[] = [
    ['command replaces entry point and command', { command: ['/a', 'b'] }, 'process.args', ['/a', 'b']],
    ['env', { env: ['A=b'] }, 'process.env', ['A=b']],
    ['cwd', { cwd: '/srv' }, 'process.cwd', '/srv'],
    ['uid as a number', { uid: 7 }, 'process.user.uid', 7],
    ['uid as the name of an entry', { uid: 'redis' }, 'process.user.uid', 101],
    ['uid root', { uid: 'root' }, 'process.user.uid', 0],
    ['uid as nothing', { uid: '' }, 'process.user.uid', 0],
    ['gid as the name of an entry', { gid: 'redis' }, 'process.user.gid', 101],
    ['additionalGids', { additionalGids: [5, 'redis'] }, 'process.user.additionalGids', [5, 101]],
    ['noNewPrivileges', { noNewPrivileges: true }, 'process.noNewPrivileges', true],
    ['noNewPrivileges off', { noNewPrivileges: false }, 'process.noNewPrivileges', undefined],
    ['oomScoreAdj', { oomScoreAdj: 0 }, 'process.oomScoreAdj', 0],
    ['hostname', { hostname: 'h' }, 'hostname', 'h'],
    ['readonly', { readonly: true }, 'root.readonly', true],
    [
      'readonly makes /dev read-only',
      { readonly: true },
      'mounts.0.options',
      ['nosuid', 'strictatime', 'mode=755', 'size=65536k', 'ro'],
    ],
    [
      'readonly makes /sys read-only',
      { readonly: true },
      'mounts.3.options',
      ['nosuid', 'noexec', 'nodev', 'ro'],
    ],
    ['maskedPaths', { maskedPaths: ['/proc/kcore'] }, 'linux.maskedPaths', ['/proc/kcore']],
    ['readonlyPaths', { readonlyPaths: ['/proc/sys'] }, 'linux.readonlyPaths', ['/proc/sys']],
    ['rootfsPropagation', { rootfsPropagation: 'shared' }, 'linux.rootfsPropagation', 'shared'],
    ['cgroupsPath', { cgroupsPath: '/x' }, 'linux.cgroupsPath', '/x'],
    ['sysctl', { sysctl: { 'net.ipv4.ip_forward': '1' } }, 'linux.sysctl', { 'net.ipv4.ip_forward': '1' }],
    ['annotations', { annotations: { a: 'b' } }, 'annotations', { a: 'b' }],
    [
      'uidMappings',
      { uidMappings: [{ hostID: 1000, containerID: 0, size: 9 }] },
      'linux.uidMappings',
      [{ hostID: 1000, containerID: 0, size: 9 }],
    ],
    [
      'gidMappings',
      { gidMappings: [{ hostID: 1000, containerID: 0, size: 9 }] },
      'linux.gidMappings',
      [{ hostID: 1000, containerID: 0, size: 9 }],
    ],
    [
      'one capability',
      { capabilities: ['CAP_CHOWN'] },
      'process.capabilities',
      {
        bounding: ['CAP_CHOWN'],
        effective: ['CAP_CHOWN'],
        inheritable: ['CAP_CHOWN'],
        permitted: ['CAP_CHOWN'],
      },
    ],
    ['all capabilities', { capabilities: ['All'] }, 'process.capabilities.effective', capabilities],
    ['no capability', { capabilities: ['none'] }, 'process.capabilities', {}],
    [
      'a capability twice',
      { capabilities: ['CAP_KILL', 'CAP_KILL'] },
      'process.capabilities.effective',
      ['CAP_KILL'],
    ],
    [
      'ambient',
      { capabilities: ['CAP_KILL'], ambient: ['CAP_CHOWN'] },
      'process.capabilities',
      {
        bounding: ['CAP_CHOWN', 'CAP_KILL'],
        effective: ['CAP_KILL'],
        inheritable: ['CAP_CHOWN', 'CAP_KILL'],
        permitted: ['CAP_CHOWN', 'CAP_KILL'],
        ambient: ['CAP_CHOWN'],
      },
    ],
    [
      'rlimits',
      { rlimits: ['nofile,1024,unlimited', 'RLIMIT_NPROC,1,2'] },
      'process.rlimits',
      [
        { type: 'RLIMIT_NOFILE', soft: 1024n, hard: 2n ** 64n - 1n },
        { type: 'RLIMIT_NPROC', soft: 1n, hard: 2n },
      ],
    ],
    [
      'a device',
      { devices: [{ path: '/dev/x', type: 'c', major: 10, minor: 229, mode: '0666' }] },
      'linux.devices',
      [{ path: '/dev/x', type: 'c', major: 10, minor: 229, fileMode: 0o666 }],
    ],
    [
      'leave to use a device',
      { devices: [{ path: '/dev/x', type: 'c', major: 10, minor: 229, mode: '0666' }] },
      'linux.resources.devices',
      [{ allow: true, type: 'c', major: 10, minor: 229, access: 'rwm' }],
    ],
    [
      'all devices',
      { devices: [{ path: 'all', type: 'a' }] },
      'linux.resources.devices',
      [{ allow: true, type: 'a', access: 'rwm' }],
    ],
    ['all devices make no node', { devices: [{ path: 'all', type: 'a' }] }, 'linux.devices', undefined],
    ['a fifo needs no leave', { devices: [{ path: '/f', type: 'p', mode: '0600' }] }, 'linux.resources', {}],
    [
      'memory',
      { resources: { memory: { limit: 1e8, disableOOMKiller: true } } },
      'linux.resources.memory',
      { limit: 1e8, disableOOMKiller: true },
    ],
    [
      'cpu',
      { resources: { cpu: { shares: 512, realtimeRuntime: 5 } } },
      'linux.resources.cpu',
      { shares: 512, realtimeRuntime: 5 },
    ],
    ['pids', { resources: { pids: { limit: 10 } } }, 'linux.resources.pids', { limit: 10 }],
    [
      'blockio is blockIO',
      { resources: { blockio: { weight: 100 } } },
      'linux.resources.blockIO',
      { weight: 100 },
    ],
    [
      'hugepageLimits',
      { resources: { hugepageLimits: [{ pageSize: '2MB', limit: 1 }] } },
      'linux.resources.hugepageLimits',
      [{ pageSize: '2MB', limit: 1 }],
    ],
    ['network', { resources: { network: { classID: 1 } } }, 'linux.resources.network', { classID: 1 }],
  ];
  test.each(rows)('%s', (_title, fields, path, value) => {
    expect(at(spec(fields), path)).toEqual(value);
  });
});

describe('namespaces', () => {
  const types = (fields: Fields) => spec(fields).linux.namespaces;
  const rest = [{ type: 'mount' }, { type: 'cgroup' }];
  test.each<[string, Fields, unknown[]]>([
    ['net new', { net: 'new' }, [{ type: 'network' }, { type: 'pid' }]],
    ['net none', { net: 'none' }, [{ type: 'network' }, { type: 'pid' }]],
    ['net host', { net: 'host' }, [{ type: 'pid' }]],
    ['net by path', { net: '/run/netns/a' }, [{ type: 'network', path: '/run/netns/a' }, { type: 'pid' }]],
    ['ipc, uts new', { ipc: 'new', uts: 'new' }, [{ type: 'ipc' }, { type: 'uts' }, { type: 'pid' }]],
    ['pid host', { pid: 'host' }, []],
    ['pid by path', { pid: '/run/pid' }, [{ type: 'pid', path: '/run/pid' }]],
    ['userns new', { userns: 'new' }, [{ type: 'pid' }, { type: 'user' }]],
  ])('%s', (_title, fields, own) => {
    expect(types(fields)).toEqual([...own, ...rest]);
  });
});

describe('mounts', () => {
  const mount = (fields: Fields, destination: string) =>
    spec(fields).mounts.find((one) => one.destination === destination);
  test.each<[string, Fields, object]>([
    [
      'a bind',
      { binds: ['/a:/b'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['rw', 'rbind', 'rshared'] },
    ],
    [
      'a bind with options',
      { binds: ['/a:/b:ro'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['ro', 'rbind'] },
    ],
    [
      'a bind that says rbind',
      { binds: ['/a:/b:rbind,ro'] },
      { destination: '/b', type: 'bind', source: '/a', options: ['ro', 'rbind'] },
    ],
    [
      'a volume',
      { binds: ['data:/b'] },
      {
        destination: '/b',
        type: 'bind',
        source: '/containers/volumes/data/merged',
        options: ['rw', 'rbind', 'rshared'],
      },
    ],
    [
      'a volume in mounts',
      { mounts: [{ type: 'bind', source: 'data', destination: '/b' }] },
      { destination: '/b', type: 'bind', source: '/containers/volumes/data/merged' },
    ],
    [
      'a readonly volume',
      { binds: ['fixed:/b:ro'] },
      {
        destination: '/b',
        type: 'bind',
        source: '/containers/volumes/fixed/merged',
        options: ['ro', 'rbind'],
      },
    ],
    ['tmpfs', { tmpfs: ['/b'] }, { destination: '/b', type: 'tmpfs', source: 'tmpfs' }],
    [
      'tmpfs with options',
      { tmpfs: ['/b:size=1m,mode=700'] },
      { destination: '/b', type: 'tmpfs', source: 'tmpfs', options: ['size=1m', 'mode=700'] },
    ],
    [
      'a mount over a bind',
      { binds: ['/a:/b'], mounts: [{ type: 'tmpfs', destination: '/b' }] },
      { destination: '/b', type: 'tmpfs', source: 'tmpfs' },
    ],
    [
      'a default replaced',
      { binds: ['/dev:/dev'] },
      { destination: '/dev', type: 'bind', source: '/dev', options: ['rw', 'rbind', 'rshared'] },
    ],
    [
      'a type from the source',
      { mounts: [{ source: 'mqueue' }] },
      { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue' },
    ],
    [
      'a type from the destination',
      { mounts: [{ destination: '/dev' }] },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs' },
    ],
    [
      'a destination from the type',
      { mounts: [{ type: 'cgroup', options: ['rw'] }] },
      { destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: ['rw'] },
    ],
  ])('%s', (_title, fields, expected) => {
    expect(mount(fields, (expected as { destination: string }).destination)).toEqual(expected);
  });

  test('are sorted by destination', () => {
    const destinations = spec({ binds: ['/x:/z', '/x:/a', '/x:/Z'] }).mounts.map(
      ({ destination }) => destination,
    );
    expect(destinations).toEqual(['/Z', '/a', '/dev', '/dev/pts', '/proc', '/sys', '/sys/fs/cgroup', '/z']);
  });
});

describe('label and image', () => {
  test.each<[string, Fields, EntryDefaults, Image, string, unknown]>([
    [
      'entry point and command of the image',
      {},
      {},
      { Entrypoint: ['/e'], Cmd: ['c'] },
      'process.args',
      ['/e', 'c'],
    ],
    ['env of the image', {}, {}, { Cmd: ['c'], Env: ['A=1'] }, 'process.env', ['A=1']],
    [
      'env of the manifest replaces it',
      { env: ['B=2'] },
      {},
      { Cmd: ['c'], Env: ['A=1'] },
      'process.env',
      ['B=2'],
    ],
    ['working folder of the image', {}, {}, { Cmd: ['c'], WorkingDir: '/w' }, 'process.cwd', '/w'],
    ['a label before the image', {}, { command: ['/l'] }, { Cmd: ['c'] }, 'process.args', ['/l']],
    [
      'the manifest before a label',
      { readonly: false },
      { readonly: true },
      { Cmd: ['c'] },
      'root.readonly',
      undefined,
    ],
    ['an empty text leaves the label', { hostname: '' }, { hostname: 'l' }, { Cmd: ['c'] }, 'hostname', 'l'],
    [
      'capabilities.add extends the label',
      { 'capabilities.add': ['CAP_KILL'] },
      { capabilities: ['CAP_CHOWN'] },
      { Cmd: ['c'] },
      'process.capabilities.effective',
      ['CAP_CHOWN', 'CAP_KILL'],
    ],
    [
      'capabilities.add means nothing beside capabilities',
      { capabilities: [], 'capabilities.add': ['CAP_KILL'] },
      { capabilities: ['CAP_CHOWN'] },
      { Cmd: ['c'] },
      'process.capabilities',
      {},
    ],
    [
      'capabilities.add in a label means nothing',
      {},
      { 'capabilities.add': ['CAP_KILL'] },
      { Cmd: ['c'] },
      'process.capabilities',
      {},
    ],
    [
      'resources of the manifest replace the label whole',
      { resources: { pids: { limit: 1 } } },
      { resources: { memory: { limit: 1 } } },
      { Cmd: ['c'] },
      'linux.resources',
      { pids: { limit: 1 } },
    ],
  ])('%s', (_title, fields, label, image, path, value) => {
    expect(at(spec(fields, label, image), path)).toEqual(value);
  });

  test('binds.add extends the label', () => {
    const { mounts } = spec({ 'binds.add': ['/b:/b'] }, { binds: ['/a:/a'] });
    expect(mounts.map(({ destination }) => destination)).toEqual(expect.arrayContaining(['/a', '/b']));
  });

  test('an odd label is an error that names it', () => {
    expect(() => bundle({}, { foo: 1 } as EntryDefaults)).toThrow('unknown key "foo"');
  });
});

describe('what cannot be', () => {
  test.each<[string, Fields, Image, string]>([
    ['nothing to run', {}, {}, '"web" has nothing to run: its image names no command'],
    ['an unknown volume', { binds: ['dat:/b'] }, { Cmd: ['c'] }, 'no volume is called "dat"'],
    [
      'writing to a readonly volume',
      { binds: ['fixed:/b'] },
      { Cmd: ['c'] },
      'volume "fixed" is readonly: the bind needs the option "ro" and no other',
    ],
    ['an unknown id', { uid: 'nobody' }, { Cmd: ['c'] }, 'no entry is called "nobody"'],
    [
      'all beside another capability',
      { capabilities: ['all', 'CAP_KILL'] },
      { Cmd: ['c'] },
      '"all" must be the only item of capabilities',
    ],
    [
      'a mount without a type',
      { mounts: [{ source: '/x', destination: '/y' }] },
      { Cmd: ['c'] },
      'a mount needs a "type"',
    ],
    [
      'a mount without a destination',
      { mounts: [{ type: 'ext4' }] },
      { Cmd: ['c'] },
      'a mount of type "ext4" needs a "destination"',
    ],
    ['a signal nobody knows', { stopSignal: 'SIGFOO' }, { Cmd: ['c'] }, 'no signal is called "SIGFOO"'],
  ])('%s', (_title, fields, image, message) => {
    expect(() => bundle(fields, {}, image)).toThrow(message);
  });
});

describe('runtime.json', () => {
  const none = { cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' };

  test('defaults', () => {
    expect(bundle().runtime).toEqual({
      ...{ cgroups: [], mounts: [], mkdir: [], interfaces: [], bindNS: none, namespace: 'services.linuxkit' },
      kit: {
        ...{ restart: 'always', after: [], ready: null, stopSignal: 'SIGTERM', stopTimeoutMs: 10_000 },
        ...{ onFailure: 'continue', timeoutMs: 0, ociRuntime: 'crun' },
      },
    });
  });

  test('every part is overridden by itself, namespaces one by one', () => {
    const { runtime } = bundle(
      { runtime: { mkdir: ['/m'], bindNS: { net: '/n' } } },
      { runtime: { mkdir: ['/l'], cgroups: ['g'], bindNS: { net: '/o', ipc: '/i' } } },
    );
    expect(runtime).toMatchObject({
      mkdir: ['/m'],
      cgroups: ['g'],
      bindNS: { ...none, net: '/n', ipc: '/i' },
    });
  });

  test('times, and services that a label names but the manifest has not', () => {
    const { runtime } = bundle(
      { stopTimeout: '2m', timeout: '500ms' },
      { after: ['db', 'gone'], ready: { tcp: 80 } },
    );
    expect(runtime.kit).toMatchObject({
      stopTimeoutMs: 120_000,
      timeoutMs: 500,
      after: ['db'],
      ready: { tcp: 80 },
    });
  });

  test.each(['onboot', 'onshutdown'] as const)('%s has control groups of its own', (section) => {
    expect(bundle({}, {}, { Cmd: ['c'] }, { ...scope, section }).spec.linux.cgroupsPath).toBe(
      `/${section}/web`,
    );
  });
});

describe("for LinuxKit's init", () => {
  const linuxkit = { ...scope, reader: 'linuxkit' } as const;
  const none = { cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' };

  test("config.json has nothing of kit's own", () => {
    const { linux } = spec({}, {}, { Cmd: ['c'] }, linuxkit);
    expect(linux).toEqual({ resources: {}, namespaces: [{ type: 'pid' }, { type: 'mount' }] });
  });

  test('runtime.json has six keys, empty values written out', () => {
    expect(bundle({}, {}, { Cmd: ['c'] }, linuxkit).runtime).toEqual({
      ...{ cgroups: [], mounts: [], mkdir: [], interfaces: [], bindNS: none, namespace: '' },
    });
  });

  test('mounts and interfaces are as they were given', () => {
    const mounts = [
      { destination: '/m', source: '/x', options: ['bind'] },
      { destination: 'y', options: [] },
    ];
    const interfaces = [{ name: 'wg0', add: 'wireguard' }];
    expect(bundle({ runtime: { mounts, interfaces } }, {}, { Cmd: ['c'] }, linuxkit).runtime).toMatchObject({
      mounts: [mounts[0], { destination: 'y' }],
      interfaces: [{ name: 'wg0', add: 'wireguard', createInRoot: false }],
    });
  });
});

test('config.json keeps all digits of an unlimited limit', () => {
  const text = specJson(spec({ rlimits: ['core,unlimited,unlimited'] }));
  expect(text).toContain('"hard": 18446744073709551615');
  expect(text.startsWith('{\n    "ociVersion"')).toBe(true);
});
