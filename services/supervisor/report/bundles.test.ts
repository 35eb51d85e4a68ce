import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { reportedBundles } from './bundles.ts';

const containers = mkdtempSync(join(tmpdir(), 'kit-bundles-'));
afterAll(() => rmSync(containers, { recursive: true }));

const spec = {
  process: {
    args: ['/bin/web', '--password', 'secret'],
    env: ['PATH=/bin', 'TOKEN=secret\nsecret'],
    user: { uid: 1, gid: 2, additionalGids: [3] },
    capabilities: { bounding: ['CAP_CHOWN'] },
  },
  root: { path: 'rootfs', readonly: true },
  hostname: 'secret',
  annotations: { key: 'secret' },
  mounts: [
    { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'password=secret'] },
    { destination: '/share', type: 'cifs', source: '//user:secret@host/share', options: [] },
  ],
  linux: {
    namespaces: [{ type: 'pid', path: '/secret' }],
    resources: { memory: { limit: 67108864 }, devices: [{ access: 'secret' }], unified: { key: 'secret' } },
  },
};

const kit = { restart: 'always', ready: { http: { port: 80, path: '/secret' } }, stopSignal: 'SIGTERM' };

test('a bundle is reported without its secrets', () => {
  const dir = join(containers, 'services/web');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'config.json'), JSON.stringify(spec));
  writeFileSync(join(dir, 'runtime.json'), JSON.stringify({ mounts: [], kit }));
  const bundles = reportedBundles(containers);
  expect(JSON.stringify(bundles)).not.toContain('secret');
  expect(bundles).toMatchObject([
    {
      ...{ name: 'web', section: 'services', program: '/bin/web', arguments: 2, readonly: true },
      ...{ environment: ['PATH', 'TOKEN'], user: { uid: 1, gid: 2 }, capabilities: ['CAP_CHOWN'] },
      ...{ namespaces: ['pid'], limits: { 'memory.limit': 67108864 } },
      mounts: [
        { destination: '/proc', source: 'proc', options: ['nosuid'] },
        { destination: '/share', source: '…' },
      ],
      supervision: { restart: 'always', ready: { kind: 'http', port: 80 } },
    },
  ]);
});

test('limits are reported with all digits', () => {
  const path = join(containers, 'services/web/config.json');
  writeFileSync(path, '{"linux":{"resources":{"memory":{"limit":9223372036854775807}}}}');
  expect(reportedBundles(containers)).toMatchObject([{ limits: { 'memory.limit': 2n ** 63n - 1n } }]);
});

test('a damaged spec does not affect the rest of the report', () => {
  writeFileSync(join(containers, 'services/web/config.json'), '{');
  expect(reportedBundles(containers)).toMatchObject([{ name: 'web', mounts: [] }]);
});
