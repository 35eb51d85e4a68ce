import { describe, expect, test } from 'vitest';
import type { EntryDefaults } from '../../manifest/types.ts';
import { bundle, type Fields, linuxkit, scope, spec } from '../testing.ts';
import { maskedPaths, readonlyPaths } from './paths.ts';

const types = (fields: Fields, label: EntryDefaults = {}) =>
  spec(fields, label).linux.namespaces.map(({ type }) => type);
const writable = (fields: Fields, path: string) =>
  !spec(fields).linux.readonlyPaths?.some((one) => path === one || path.startsWith(`${one}/`));

describe('a service without any privilege', () => {
  test.each([
    '/proc/sys/kernel/core_pattern',
    '/proc/sys/kernel/modprobe',
    '/proc/sys/fs/binfmt_misc/register',
    '/proc/sys/vm/drop_caches',
    '/proc/sys/net/ipv4/ip_forward',
    '/proc/sysrq-trigger',
    '/proc/irq/1/smp_affinity',
    '/proc/bus/pci/00/00.0',
    '/proc/fs/ext4',
  ])('cannot write %s', (path) => expect(writable({}, path)).toBe(false));

  test.each(['/proc/kcore', '/proc/keys', '/proc/timer_list', '/sys/firmware'])('does not see %s', (path) =>
    expect(spec().linux.maskedPaths).toContain(path),
  );

  test('has /sys read-only, also with a writable root', () => {
    const options = ['nosuid', 'noexec', 'nodev', 'ro'];
    for (const fields of [{}, { readonly: true }]) {
      expect(spec(fields).mounts.find(({ destination }) => destination === '/sys')?.options).toEqual(options);
    }
  });

  test('has namespaces of its own, except the network', () => {
    expect(types({})).toEqual(['ipc', 'uts', 'pid', 'user', 'mount', 'cgroup']);
  });

  test('gains no privilege, no device, and has limits', () => {
    const { process, linux } = spec();
    expect(process.noNewPrivileges).toBe(true);
    expect(process.rlimits).toEqual([{ type: 'RLIMIT_NOFILE', soft: 1024n, hard: 65_536n }]);
    expect(linux.resources).toEqual({ pids: { limit: 512 }, devices: [{ allow: false, access: 'rwm' }] });
  });

  test('is the same in onboot and onshutdown', () => {
    const task = { ...scope, section: 'onboot' } as const;
    const { linux, process } = spec({}, {}, { Entrypoint: ['/run'] }, task);
    expect({ linux, process }).toEqual({
      process: spec().process,
      linux: { ...spec().linux, cgroupsPath: '/onboot/web' },
    });
  });
});

describe('an entry that asks for more gets it', () => {
  test('all capabilities: a container as LinuxKit has it', () => {
    const { linux, process, mounts } = spec({ capabilities: ['all'] });
    const before = bundle({ capabilities: ['all'] }, {}, { Entrypoint: ['/run'] }, linuxkit).spec;
    expect({ ...process, env: undefined }).toEqual({ ...before.process, env: undefined });
    expect(mounts).toEqual(before.mounts);
    expect(linux).toEqual({
      ...before.linux,
      ...{ cgroupsPath: '/svc/web', resources: { devices: [{ allow: false, access: 'rwm' }] } },
      namespaces: [...before.linux.namespaces, { type: 'cgroup' }],
    });
  });

  test('CAP_SYS_ADMIN: what it could unmount is not mounted', () => {
    const { linux, process, mounts } = spec({ capabilities: ['CAP_SYS_ADMIN'] });
    expect(linux.maskedPaths ?? linux.readonlyPaths).toBeUndefined();
    expect(types({ capabilities: ['CAP_SYS_ADMIN'] })).toEqual(['pid', 'mount', 'cgroup']);
    expect(mounts.find(({ destination }) => destination === '/sys')?.options).not.toContain('ro');
    expect(process.noNewPrivileges).toBe(true);
    expect(linux.seccomp).toBeDefined();
  });

  test('CAP_NET_ADMIN, also as an ambient one: the settings of its network', () => {
    for (const fields of [{ capabilities: ['CAP_NET_ADMIN'] }, { ambient: ['CAP_NET_ADMIN'] }]) {
      expect(writable(fields, '/proc/sys/net/ipv4/ip_forward')).toBe(true);
      expect(writable(fields, '/proc/sys/kernel/core_pattern')).toBe(false);
      expect(writable(fields, '/proc/sys/vm/drop_caches')).toBe(false);
    }
  });

  const keys: readonly (readonly [Fields, string, unknown])[] = [
    [{ maskedPaths: [] }, 'maskedPaths', undefined],
    [{ readonlyPaths: [] }, 'readonlyPaths', undefined],
    [{ readonlyPaths: ['/x'] }, 'readonlyPaths', ['/x']],
    [{ seccomp: 'unconfined' }, 'seccomp', undefined],
    [{ binds: ['/proc:/proc'] }, 'readonlyPaths', undefined],
    [
      { binds: ['/proc/sys:/proc/sys'] },
      'readonlyPaths',
      readonlyPaths.filter((path) => path !== '/proc/sys'),
    ],
    [{ binds: ['/sys:/sys'] }, 'maskedPaths', maskedPaths.filter((path) => path.startsWith('/proc'))],
    [{ tmpfs: ['/sys/firmware'] }, 'maskedPaths', maskedPaths.filter((path) => path !== '/sys/firmware')],
    [{ binds: ['/proc:/host/proc'] }, 'readonlyPaths', readonlyPaths],
  ];
  test.each(keys)('%j', (fields, key, value) => {
    expect(spec(fields).linux[key as 'seccomp'] as unknown).toEqual(value);
  });

  test.each<[Fields, object]>([
    [{ resources: { memory: { limit: 1 << 24 } } }, { memory: { limit: 1 << 24 }, pids: { limit: 512 } }],
    [{ resources: { pids: { limit: 9 } } }, { pids: { limit: 9 } }],
    [{ resources: { pids: { limit: -1 } } }, { pids: { limit: -1 } }],
  ])('%j', (fields, resources) => expect(spec(fields).linux.resources).toMatchObject(resources));

  test('its own limit of open files, beside others', () => {
    expect(spec({ rlimits: ['RLIMIT_NOFILE,50,60'] }).process.rlimits).toHaveLength(1);
    expect(spec({ rlimits: ['core,0,0'] }).process.rlimits?.map(({ type }) => type)).toEqual([
      'RLIMIT_CORE',
      'RLIMIT_NOFILE',
    ]);
  });

  test.each<[Fields]>([
    [{ mounts: [{ type: 'sysfs', options: ['rw'] }] }],
    [{ mounts: [{ source: 'sysfs' }] }],
  ])('a /sys of its own: %j', (fields) =>
    expect(
      spec(fields).mounts.find(({ destination }) => destination === '/sys')?.options ?? [],
    ).not.toContain('ro'),
  );

  test.each<[Fields, string[]]>([
    [{ ipc: 'host', uts: 'host' }, ['pid', 'user', 'mount', 'cgroup']],
    [{ pid: 'host' }, ['ipc', 'uts', 'mount', 'cgroup']],
  ])('%j', (fields, expected) => expect(types(fields)).toEqual(expected));

  test('a label is honoured as the manifest is', () => {
    expect(types({}, { capabilities: ['all'] })).toEqual(['pid', 'mount', 'cgroup']);
    expect(types({}, { ipc: 'host' })).toEqual(['uts', 'pid', 'user', 'mount', 'cgroup']);
  });
});

test('kit is the origin of what it adds, and of limits beside those of the manifest', () => {
  const { origins } = bundle({ resources: { memory: { limit: 1 << 24 } }, uts: 'new' });
  expect(origins.get('seccomp')).toEqual([{ source: 'kit', path: ['seccomp'] }]);
  expect(origins.get('maskedPaths')).toEqual([{ source: 'kit', path: ['maskedPaths'] }]);
  expect(origins.get('uts')).toEqual([{ source: 'manifest', path: ['uts'] }]);
  expect(origins.get('rlimits')).toEqual([{ source: 'kit', path: ['rlimits'] }]);
  expect(origins.get('resources')).toEqual([
    { source: 'manifest', path: ['resources'] },
    { source: 'kit', path: ['resources'] },
  ]);
});
