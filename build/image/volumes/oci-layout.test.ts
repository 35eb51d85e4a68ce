import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyBytes, type StoredEntry, type TarEntry } from '../../../lib/archive/tar.ts';
import { type Index, mediaTypes } from '../../../lib/oci/types.ts';
import { openCache } from '../../cache/cache.ts';
import type { ManifestOrigin } from '../../manifest/types.ts';
import { registryRef } from '../../reference/image-ref.ts';
import { testWork } from '../../testing.ts';
import { ociLayout, ociLayoutLayer } from './oci-layout.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-layout-'));
afterAll(() => rmSync(folder, { recursive: true }));

const work = testWork({ cacheDir: folder });
const name = 'docker.io/library/web:1';
const named = { ref: registryRef('web:1'), image: { name } };
const origin: ManifestOrigin = {
  file: 'x.yml',
  folder: '/',
  place: (path = []) => ({ file: 'x.yml', line: 1, column: path.length + 1 }),
};

beforeAll(async () => {
  const cache = openCache(folder);
  const platforms = [{ architecture: 'amd64' }, { architecture: 'arm64', variant: 'v8' }];
  for (const platform of platforms) {
    const layer = await cache.addJson(`layer of ${platform.architecture}`, mediaTypes.layer);
    const shared = await cache.addJson('shared layer', mediaTypes.layer);
    const rootfs = { type: 'layers', diff_ids: [shared.digest, layer.digest] };
    const config = await cache.addJson({ ...platform, os: 'linux', rootfs }, mediaTypes.config);
    const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers: [shared, layer] };
    const descriptor = await cache.addJson(manifest, mediaTypes.manifest);
    await cache.refs.set(name, {
      ...descriptor,
      platform: { os: 'linux', ...platform },
      annotations: { 'io.kit.hash': 'x' },
    });
  }
  await cache.close();
});

async function texts(platforms: readonly string[]): Promise<Map<string, string>> {
  const entries = await ociLayout(named, platforms, origin, work);
  const files = entries.filter(({ type }) => type === 'file');
  return new Map(await Promise.all(files.map(async (entry) => [entry.path, await textOf(entry)] as const)));
}

const textOf = async (entry: TarEntry): Promise<string> => (await bodyBytes(entry as StoredEntry)).toString();

/** `index.json`, and the images it leads to: a single one is named there itself. */
function indexes(files: Map<string, string>): [Index, Pick<Index, 'manifests'>] {
  const top: Index = JSON.parse(files.get('index.json') ?? '');
  const [found] = top.manifests;
  if (found?.mediaType === mediaTypes.manifest) return [top, top];
  return [top, JSON.parse(files.get(`blobs/${found?.digest.replace(':', '/')}`) ?? '')];
}

test('a layout names the image, and has every blob that it refers to', async () => {
  const files = await texts([]);
  const [top, index] = indexes(files);
  expect(files.get('oci-layout')).toBe('{"imageLayoutVersion":"1.0.0"}');
  expect(top.manifests).toMatchObject([{ annotations: { 'org.opencontainers.image.ref.name': name } }]);
  expect(index.manifests.map(({ platform }) => platform?.architecture)).toEqual(['amd64', 'arm64']);
  expect(index.manifests.every(({ annotations }) => annotations === undefined)).toBe(true);
  for (const { digest } of index.manifests) {
    const manifest = JSON.parse(files.get(`blobs/${digest.replace(':', '/')}`) ?? '');
    for (const blob of [manifest.config, ...manifest.layers])
      expect([...files.keys()]).toContain(`blobs/${blob.digest.replace(':', '/')}`);
  }
  // The index, two manifests, two configurations, two layers and the one that both have.
  expect([...files.keys()].filter((path) => path.startsWith('blobs/'))).toHaveLength(8);
});

test.each([
  [['linux/arm64'], ['arm64']],
  [
    ['linux/arm64/v8', 'linux/amd64'],
    ['amd64', 'arm64'],
  ],
])('platforms %j are all that is in it, index included', async (platforms, expected) => {
  const [, index] = indexes(await texts(platforms));
  expect(index.manifests.map(({ platform }) => platform?.architecture)).toEqual(expected);
});

test('an unknown platform is an error with its place', async () => {
  await expect(texts(['linux/amd64', 'linux/arm'])).rejects.toMatchObject({
    message: `Cannot find image "${name}" for linux/arm in the cache`,
    hint: 'there is linux/amd64, linux/arm64',
    place: { column: 2 },
  });
});

test('the layer is the same each time', async () => {
  const first = await ociLayoutLayer(named, ['linux/amd64'], origin, work);
  expect(await ociLayoutLayer(named, ['linux/amd64'], origin, work)).toEqual(first);
  expect((await ociLayoutLayer(named, [], origin, work)).diffId).not.toBe(first.diffId);
});
