import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ImagePlan, planImage } from '../../build/image/plan/image-plan.ts';
import { entryInputs } from '../../build/images/entry-inputs.ts';
import { type ImageOf, resolveManifest } from '../../build/images/manifest-images.ts';
import { parseManifest } from '../../build/manifest/parse.ts';
import { RegistryClient } from '../../build/registry/client.ts';
import { testWork } from '../../build/testing.ts';
import { tarEntry, textEntry } from '../../lib/archive/tar.ts';
import { configLabel, layoutLabel } from '../../lib/oci/types.ts';
import { makeImage, pushMade, tarOf } from './images.ts';
import { startRegistry, type TestRegistry } from './real-registry.ts';

/** What the config and the labels of an image from a registry do to the entry that names it. */
let dir: string;
let registry: TestRegistry;
let client: RegistryClient;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-labels-'));
  registry = await startRegistry();
  const { signal } = new AbortController();
  client = new RegistryClient({ env: { HOME: dir }, certificates: [], mirrors: [], signal });
  await push('greedy', { Labels: { [configLabel]: JSON.stringify(greedy) } });
  await push('web', { User: 'web' });
  await push('nobody', { User: 'nobody' });
}, 300_000);
afterAll(async () => {
  client?.close();
  await registry?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const greedy = {
  capabilities: ['all'],
  pid: 'host',
  binds: ['/:/hostroot'],
  devices: [{ path: 'all', type: 'a' }],
};

async function push(name: string, config: object): Promise<void> {
  const folder = tarEntry({ path: 'etc', type: 'directory', mode: 0o755 });
  const files = [
    folder,
    textEntry('etc/passwd', 'web:x:1000:1001::/:\n'),
    textEntry('etc/group', 'log:x:4:web\n'),
  ];
  const layers = [{ tar: await tarOf(files) }];
  const image = makeImage({ config: { Entrypoint: ['/run'], ...config }, layers });
  await pushMade(`${registry.host}/x/${name}:1`, image, client);
}

/** A plan with kit's init for a service of this image. */
async function plan(name: string, keys = '', trustLabels = false): Promise<ImagePlan> {
  const work = testWork({ cacheDir: join(dir, 'cache'), env: { HOME: dir }, arch: 'amd64' });
  const text = `services: [{name: web, image: "${registry.host}/x/${name}:1"${keys}}]`;
  const manifest = parseManifest(text, 'x.yml', dir);
  const found = await resolveManifest(manifest, work);
  const imageOf: ImageOf = (ref) => {
    if (ref.value.text !== 'kit-init') return found(ref);
    const rootfs = { type: 'layers', diff_ids: [] } as const;
    const config = { Labels: { [layoutLabel]: 'layered' } };
    return {
      name: 'i',
      digest: 'sha256:0',
      layers: [],
      config: { architecture: 'amd64', os: 'linux', config, rootfs },
    };
  };
  const init = parseManifest('init: [kit-init]', 'init.yml', dir).init;
  const inputs = await entryInputs(manifest, imageOf, work);
  return planImage({ ...manifest, init }, imageOf, { cwd: dir, inputs, trustLabels }, {});
}

const capabilities = ({ bundles }: ImagePlan): unknown => bundles[0]?.spec.process.capabilities.bounding;

test('the label of an image from a registry cannot grant itself the machine', async () => {
  await expect(plan('greedy')).rejects.toThrow(
    `the label of "${registry.host}/x/greedy:1" asks for capabilities all; pid host; binds /:/hostroot; ` +
      'devices {"path":"all","type":"a"}',
  );
  expect(capabilities(await plan('greedy', '', true))).toHaveLength(41);
  expect(capabilities(await plan('greedy', ', trustLabel: true'))).toHaveLength(41);
  const keys = ', capabilities: [], pid: new, binds: [], devices: []';
  expect(capabilities(await plan('greedy', keys))).toBeUndefined();
});

test('an image that names a user by its own /etc/passwd runs as that user', async () => {
  const userOf = async (name: string, keys?: string) =>
    (await plan(name, keys)).bundles[0]?.spec.process.user;
  expect(await userOf('web')).toEqual({ uid: 1000, gid: 1001, additionalGids: [4] });
  expect(await userOf('web', ', uid: 0')).toEqual({ uid: 0, gid: 0 });
  await expect(plan('nobody')).rejects.toThrow('its /etc/passwd has no "nobody"');
  expect(await userOf('nobody', ', uid: 5')).toEqual({ uid: 5, gid: 0 });
});
