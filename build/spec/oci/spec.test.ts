import { describe, expect, test } from 'vitest';
import { capabilities, rlimits } from '../../manifest/names.ts';
import { at, bundle, type Fields, type Image, linuxkit, spec as ofKit } from '../testing.ts';
import { specJson } from './oci-runtime.ts';

/** The spec without kit's additions, which are tested in their own rooms. */
const spec = (fields: Fields = {}) => ofKit(fields, {}, undefined, linuxkit);

type Row = readonly [title: string, fields: Fields, path: string, value: unknown];

test('an entry without fields', () => {
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
      namespaces: [{ type: 'pid' }, { type: 'mount' }],
    },
  });
});

describe('each field', () => {
  const rows: readonly Row[] = [
    ['command replaces entry point and command', { command: ['/a', 'b'] }, 'process.args', ['/a', 'b']],
    ['env', { env: ['A=b'] }, 'process.env', ['A=b']],
    ['cwd', { cwd: '/srv' }, 'process.cwd', '/srv'],
    ['cwd, without detours', { cwd: '//a/../srv/.' }, 'process.cwd', '/srv'],
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
    ['all ambient capabilities', { ambient: ['ALL'] }, 'process.capabilities.ambient', capabilities],
    [
      'ambient ones are not effective',
      { ambient: ['CAP_KILL'] },
      'process.capabilities.effective',
      undefined,
    ],
    ['no ambient capability', { ambient: ['None'] }, 'process.capabilities', {}],
    ...rlimits.map(
      (name): Row => [
        `rlimit ${name}`,
        { rlimits: [`${name.toLowerCase()},0,1`] },
        'process.rlimits',
        [{ type: `RLIMIT_${name}`, soft: 0n, hard: 1n }],
      ],
    ),
    [
      'leave to use all block devices',
      { devices: [{ path: 'all', type: 'b', major: 8, minor: 0 }] },
      'linux.resources.devices',
      [{ allow: true, type: 'b', access: 'rwm' }],
    ],
    [
      'a device besides the rules of resources',
      {
        devices: [{ path: '/dev/x', type: 'b', major: 8, minor: -1, mode: '0600' }],
        resources: { devices: [{ allow: false, access: 'rwm' }] },
      },
      'linux.resources.devices',
      [
        { allow: false, access: 'rwm' },
        { allow: true, type: 'b', major: 8, minor: -1, access: 'rwm' },
      ],
    ],
    [
      'an unbuffered character device is a character device to the control group',
      { devices: [{ path: '/dev/x', type: 'u', major: 10, minor: 1, mode: '0666' }] },
      'linux.resources.devices.0.type',
      'c',
    ],
    [
      'a fifo is a node',
      { devices: [{ path: '/f', type: 'p', mode: '0600' }] },
      'linux.devices',
      [{ path: '/f', type: 'p', major: 0, minor: 0, fileMode: 0o600 }],
    ],
    ['oomScoreAdj absent', {}, 'process.oomScoreAdj', undefined],
    ['uid as digits in quotes', { uid: '7' }, 'process.user.uid', 7],
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
  ];
  test.each(rows)('%s', (_title, fields, path, value) => {
    expect(at(spec(fields), path)).toEqual(value);
  });
});

/** Every key reaches config.json under its OCI name, including those that LinuxKit drops. */
describe('resources', () => {
  const throttle = [{ major: 8, minor: 0, rate: 1000 }];
  const rows: readonly (readonly [given: NonNullable<Fields['resources']>, path: string, value: unknown])[] =
    [
      [
        { devices: [{ allow: true, type: 'c', major: 1, minor: 3, access: 'rw' }] },
        'devices',
        [{ allow: true, type: 'c', major: 1, minor: 3, access: 'rw' }],
      ],
      [{ memory: { limit: 1e8 } }, 'memory', { limit: 1e8 }],
      [{ memory: { reservation: 1 } }, 'memory', { reservation: 1 }],
      [{ memory: { swap: -1 } }, 'memory', { swap: -1 }],
      [{ memory: { kernel: 1 } }, 'memory', { kernel: 1 }],
      [{ memory: { kernelTCP: 1 } }, 'memory', { kernelTCP: 1 }],
      [{ memory: { swappiness: 60 } }, 'memory', { swappiness: 60 }],
      [{ memory: { disableOOMKiller: true } }, 'memory', { disableOOMKiller: true }],
      [{ cpu: { shares: 512 } }, 'cpu', { shares: 512 }],
      [{ cpu: { quota: 5000, period: 10000 } }, 'cpu', { quota: 5000, period: 10000 }],
      [{ cpu: { realtimeRuntime: 5, realtimePeriod: 9 } }, 'cpu', { realtimeRuntime: 5, realtimePeriod: 9 }],
      [{ cpu: { cpus: '0-1', mems: '0' } }, 'cpu', { cpus: '0-1', mems: '0' }],
      [{ pids: { limit: 10 } }, 'pids', { limit: 10 }],
      [{ blockio: { weight: 100, leafWeight: 10 } }, 'blockIO', { weight: 100, leafWeight: 10 }],
      [
        { blockio: { weightDevice: [{ major: 8, minor: 0, weight: 5 }] } },
        'blockIO.weightDevice',
        [{ major: 8, minor: 0, weight: 5 }],
      ],
      [{ blockio: { throttleReadBpsDevice: throttle } }, 'blockIO', { throttleReadBpsDevice: throttle }],
      [{ blockio: { throttleWriteBpsDevice: throttle } }, 'blockIO', { throttleWriteBpsDevice: throttle }],
      [{ blockio: { throttleReadIOPSDevice: throttle } }, 'blockIO', { throttleReadIOPSDevice: throttle }],
      [{ blockio: { throttleWriteIOPSDevice: throttle } }, 'blockIO', { throttleWriteIOPSDevice: throttle }],
      [
        { hugepageLimits: [{ pageSize: '2MB', limit: 1 }] },
        'hugepageLimits',
        [{ pageSize: '2MB', limit: 1 }],
      ],
      [
        { hugepageLimits: [65536, 2097152, 1073741824].map((pageSize) => ({ pageSize, limit: 1 })) },
        'hugepageLimits',
        ['64KB', '2MB', '1GB'].map((pageSize) => ({ pageSize, limit: 1 })),
      ],
      [{ network: { classID: 1 } }, 'network', { classID: 1 }],
      [
        { network: { priorities: [{ name: 'eth0', priority: 2 }] } },
        'network.priorities',
        [{ name: 'eth0', priority: 2 }],
      ],
    ];
  test.each(rows)('%j', (resources, path, value) => {
    expect(at(spec({ resources }).linux.resources, path)).toEqual(value);
  });
});

describe('namespaces', () => {
  const types = (fields: Fields) => spec(fields).linux.namespaces;
  const rest = [{ type: 'mount' }];
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

describe('invalid values', () => {
  test('are all reported together', () => {
    const fields: Fields = {
      uid: 'nobody',
      additionalGids: [1, 'noone'],
      binds: ['dat:/b'],
      capabilities: ['all', 'CAP_KILL'],
      stopSignal: 'SIGFOO',
    };
    expect(() => bundle(fields, {}, {})).toThrow(
      [
        '"web" has no command: its image does not set one',
        'there is no entry "nobody"',
        'there is no entry "noone"',
        '"all" must be the only item of capabilities',
        'there is no volume "dat"',
        'there is no signal "SIGFOO"',
      ].join('\n'),
    );
  });

  test.each<[string, Fields, Image, string]>([
    ['nothing to run', {}, {}, '"web" has no command: its image does not set one'],
    [
      'a relative working folder',
      { cwd: 'srv' },
      { Cmd: ['c'] },
      'the working folder "srv" is not an absolute path',
    ],
    ['an unknown volume', { binds: ['dat:/b'] }, { Cmd: ['c'] }, 'there is no volume "dat"'],
    [
      'writing to a readonly volume',
      { binds: ['fixed:/b'] },
      { Cmd: ['c'] },
      'volume "fixed" is readonly: the bind needs the single option "ro"',
    ],
    ['an unknown id', { uid: 'nobody' }, { Cmd: ['c'] }, 'there is no entry "nobody"'],
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
    ['an unknown signal', { stopSignal: 'SIGFOO' }, { Cmd: ['c'] }, 'there is no signal "SIGFOO"'],
  ])('%s', (_title, fields, image, message) => {
    expect(() => bundle(fields, {}, image)).toThrow(message);
  });
});

test('config.json has all digits of an unlimited limit', () => {
  const text = specJson(spec({ rlimits: ['core,unlimited,unlimited'] }));
  expect(text).toContain('"hard": 18446744073709551615');
  expect(text.startsWith('{\n    "ociVersion"')).toBe(true);
});
