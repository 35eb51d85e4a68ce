import { expect, test } from 'vitest';
import { defaultNamespace } from '../../../lib/bundle/bundle.ts';
import type { ImageBundle } from './read-bundles.ts';
import { shadowOf } from './shadow.ts';

const bundle: ImageBundle = {
  ...{ section: 'services', name: 'web', folder: 'containers/services/web', lower: '/x/lower' },
  config: {
    ociVersion: '1.2.1',
    process: {
      user: { uid: 1000, gid: 1000 },
      args: ['/usr/bin/web'],
      env: ['A=b', 'NODE_OPTIONS=--max-old-space-size=20'],
      cwd: '/',
      capabilities: { bounding: ['CAP_NET_RAW'] },
      noNewPrivileges: true,
    },
    root: { path: 'rootfs', readonly: true },
    mounts: [{ destination: '/proc', type: 'proc', source: 'proc' }],
    linux: {
      resources: { memory: { limit: 32 << 20 }, pids: { limit: 512 } },
      cgroupsPath: '/svc/web',
      namespaces: [{ type: 'mount' }],
      maskedPaths: ['/proc/kcore'],
    },
  },
  runtime: {
    ...{ cgroups: [], mkdir: [], interfaces: [{ name: 'eth1' }], namespace: defaultNamespace },
    bindNS: { cgroup: '', ipc: '', mnt: '', net: '/run/netns/web', pid: '', user: '', uts: '' },
    mounts: [
      {
        ...{ destination: '/containers/services/web/rootfs', type: 'overlay', source: 'overlay' },
        options: ['lowerdir=/run/layers/top/containers/services/web/lower:/run/layers/aa', 'ro'],
      },
      { destination: '/run/kit/inspect/web', type: 'tmpfs', source: 'tmpfs', options: [] },
    ],
    kit: {
      ...{ restart: 'always', after: [], ready: { tcp: 80 }, stopSignal: 'SIGTERM', stopTimeoutMs: 1 },
      ...{ onFailure: 'continue', timeoutMs: 0, ociRuntime: 'crun' },
    },
  },
};
const scope = {
  layer: 'ab12',
  probe: ['libs', 'node'],
  command: ['/.kit-audit/node'],
  services: ['web', 'dhcp'],
};
const shadow = shadowOf(bundle, 'probe-web', scope);

test('a shadow is confined as its entry is, and runs the probe', () => {
  const { process, linux, ...rest } = bundle.config;
  expect(shadow.config).toEqual({
    ...rest,
    process: { ...process, args: ['/.kit-audit/node', 'service'], env: ['A=b'] },
    linux: {
      ...linux,
      cgroupsPath: '/svc/probe-web',
      resources: { memory: { limit: 160 << 20 }, pids: { limit: 512 } },
    },
  });
});

test('its root is made of the same layers, with the probe in it, after all services run', () => {
  expect(shadow.runtime.mounts).toEqual([
    {
      ...{ destination: '/containers/services/probe-web/rootfs', type: 'overlay', source: 'overlay' },
      options: ['lowerdir=/run/layers/ab12/containers/services/probe-web/lower:/run/layers/aa', 'ro'],
    },
    {
      ...{
        destination: '/containers/services/probe-web/rootfs/.kit-audit',
        type: 'overlay',
        source: 'overlay',
      },
      options: ['lowerdir=/run/layers/node:/run/layers/libs', 'ro'],
    },
  ]);
  expect(shadow.runtime.kit).toMatchObject({ after: ['web', 'dhcp'], restart: 'no', ready: null });
});

test('what the entry does to the machine is not done twice', () => {
  expect(shadow.runtime).toMatchObject({ interfaces: [], bindNS: { net: '' } });
  expect(JSON.stringify(shadow.runtime)).not.toContain('/run/kit/inspect');
});

test('binds of an entry with user ids of its own are mounted once more, in a folder of the shadow', () => {
  const source = '/run/kit/binds/services/web/0';
  const ofEntry = { destination: source, type: 'bind', source: '/var/www', options: ['ro'] };
  const { kit } = bundle.runtime;
  const { config, runtime } = shadowOf(
    {
      ...bundle,
      config: { ...bundle.config, mounts: [{ destination: '/www', type: 'bind', source }] },
      runtime: { ...bundle.runtime, kit: { ...kit, binds: [ofEntry] } },
    },
    'probe-web',
    scope,
  );
  const moved = '/run/kit/binds/services/probe-web/0';
  expect(config.mounts).toEqual([{ destination: '/www', type: 'bind', source: moved }]);
  expect(runtime.kit.binds).toEqual([{ ...ofEntry, destination: moved }]);
});
