import { describe, expect, test } from 'vitest';
import { bundle, type Fields, linuxkit, scope, spec } from './testing.ts';

describe('runtime.json', () => {
  const none = { cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' };

  test('defaults', () => {
    expect(bundle().runtime).toEqual({
      ...{ cgroups: [], mounts: [], mkdir: [], interfaces: [], bindNS: none, namespace: 'services.linuxkit' },
      kit: {
        ...{ restart: 'always', after: [], ready: null, stopSignal: 'SIGTERM', stopTimeoutMs: 10_000 },
        ...{ onFailure: 'continue', timeoutMs: 0, ociRuntime: 'crun' },
        limitMemory: true,
      },
    });
  });

  test.each<[Fields, true | undefined]>([
    [{}, true],
    [{ resources: { pids: { limit: 1 } } }, true],
    [{ resources: { memory: { limit: 1 << 24 } } }, undefined],
    [{ resources: { memory: { limit: -1 } } }, undefined],
    [{ capabilities: ['all'] }, undefined],
  ])('the machine limits the memory of %j: %s', (fields, limited) => {
    expect(bundle(fields).runtime.kit?.limitMemory).toBe(limited);
  });

  test('devices without numbers are those of the machine; LinuxKit takes zeros', () => {
    const fields: Fields = { devices: [{ path: '/dev/ptp*', type: 'c', mode: '0400' }] };
    const { runtime, spec: config } = bundle(fields);
    expect(runtime.kit?.devices).toEqual([{ path: '/dev/ptp*', type: 'c', mode: 0o400 }]);
    expect(config.linux.devices).toBeUndefined();
    const { devices } = bundle(fields, {}, { Cmd: ['c'] }, linuxkit).spec.linux;
    expect(devices).toEqual([{ path: '/dev/ptp*', type: 'c', major: 0, minor: 0, fileMode: 0o400 }]);
  });

  test('every key is overridden separately, in bindNS, too', () => {
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

  const parts = {
    cgroups: ['g'],
    mounts: [{ destination: '/m', type: 'tmpfs', source: 'tmpfs', options: ['ro'] }],
    mkdir: ['/d'],
    interfaces: [{ name: 'veth0', add: 'veth', peer: 'veth1', createInRoot: false }],
    namespace: 'own',
  };
  test.each(Object.entries(parts))('%s comes from the label unless the manifest sets it', (key, value) => {
    const empty = key === 'namespace' ? '' : [];
    for (const at of [scope, linuxkit]) {
      expect(bundle({}, { runtime: { [key]: value } }, { Cmd: ['c'] }, at).runtime).toHaveProperty(
        key,
        value,
      );
      const { runtime } = bundle(
        { runtime: { [key]: empty } },
        { runtime: { [key]: value } },
        { Cmd: ['c'] },
        at,
      );
      const usual = key === 'namespace' && at === scope ? 'services.linuxkit' : empty;
      expect(runtime).toHaveProperty(key, usual);
    }
  });

  test('a mount has all fields', () => {
    const mounts = [{ destination: 'm', source: 'tmpfs' }];
    expect(bundle({ runtime: { mounts } }).runtime.mounts).toEqual([
      { destination: 'm', type: 'tmpfs', source: 'tmpfs', options: [] },
    ]);
  });

  test('durations; `after` drops services that the manifest does not have', () => {
    const { runtime } = bundle(
      { stopTimeout: '2m' },
      { after: ['db', 'gone'], ready: { tcp: 80 }, timeout: '500ms' },
    );
    expect(runtime.kit).toMatchObject({
      stopTimeoutMs: 120_000,
      timeoutMs: 500,
      after: ['db'],
      ready: { tcp: 80 },
    });
  });

  test.each<[NonNullable<Fields['ready']>, unknown]>([
    [{ tcp: 80 }, { tcp: 80 }],
    [{ http: { port: 80 } }, { http: { port: 80, path: '/' } }],
    [{ http: { port: 80, path: '/up?x' } }, { http: { port: 80, path: '/up?x' } }],
    [{ exec: ['/bin/a', 'b'] }, { exec: ['/bin/a', 'b'] }],
    [{ log: '^up \\d+' }, { log: '^up \\d+' }],
    [{ file: '/up' }, { file: '/up' }],
  ])('ready %j', (ready, effective) => {
    expect(bundle({ ready }).runtime.kit?.ready).toEqual(effective);
  });

  test.each<[NonNullable<Fields['ready']>, string]>([
    [{ exec: [] }, 'ready.exec names no program'],
    [{ log: 'a(' }, '"a(" is not a regular expression: '],
  ])('ready %j cannot be', (ready, message) => {
    expect(() => bundle({ ready })).toThrow(message);
  });

  test.each<[NonNullable<Fields['liveness']>, unknown]>([
    [{}, { unhealthyMs: 30_000, restarts: 5, windowMs: 3_600_000 }],
    [
      { unhealthyFor: '5s', readyWithin: '1m', restarts: 1, window: '10m' },
      { unhealthyMs: 5000, startMs: 60_000, restarts: 1, windowMs: 600_000 },
    ],
  ])('liveness %j', (liveness, effective) => {
    expect(bundle({ liveness, ready: { tcp: 80 } }).runtime.kit?.liveness).toEqual(effective);
    expect(bundle({ ready: { tcp: 80 } }).runtime.kit).not.toHaveProperty('liveness');
  });

  test.each<[Fields, string]>([
    [{ liveness: {} }, '`liveness` needs a `ready` check, by which'],
    [{ liveness: {}, ready: 'none' }, '`liveness` needs a `ready` check, by which'],
    [{ liveness: {}, ready: { log: 'up' } }, '`log` cannot'],
    [{ liveness: {}, ready: { tcp: 80 }, restart: 'no' }, '`restart: no` forbids that'],
    [{ liveness: { window: '0s' }, ready: { tcp: 80 } }, 'liveness.window must be more than 0'],
    [{ liveness: { readyWithin: '0s' }, ready: { tcp: 80 } }, 'liveness.readyWithin must be more than 0'],
  ])('%j cannot be', (fields, message) => {
    expect(() => bundle(fields)).toThrow(message);
  });

  test.each(['onboot', 'onshutdown'] as const)('%s has its own parent cgroup', (section) => {
    expect(bundle({}, {}, { Cmd: ['c'] }, { ...scope, section }).spec.linux.cgroupsPath).toBe(
      `/${section}/web`,
    );
  });
});

describe("for LinuxKit's init", () => {
  const none = { cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' };

  test('config.json has no additions of kit', () => {
    const { linux } = spec({}, {}, { Cmd: ['c'] }, linuxkit);
    expect(linux).toEqual({ resources: {}, namespaces: [{ type: 'pid' }, { type: 'mount' }] });
  });

  test('runtime.json has six keys, including empty values', () => {
    expect(bundle({}, {}, { Cmd: ['c'] }, linuxkit).runtime).toEqual({
      ...{ cgroups: [], mounts: [], mkdir: [], interfaces: [], bindNS: none, namespace: '' },
    });
  });

  test('mounts and interfaces are as written', () => {
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
