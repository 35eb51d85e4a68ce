import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOfBytes } from '../../../build/cache/blobs.ts';
import { openCache } from '../../../build/cache/cache.ts';
import type { Work } from '../../../build/work.ts';
import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { dockerTypes, mediaTypes } from '../../../lib/oci/types.ts';
import { type MadeImage, makeIndex, tarOf } from '../../registry/images.ts';
import { runKit } from '../../registry/kit.ts';
import { beyond, imageOf, layoutOf, makeWorld, refName, type World } from './world.ts';

/*
 * Archives that leave out what an image does not need, and those of programs that are not packages of Debian,
 * made as these programs make them.
 */

let world: World;
beforeAll(() => {
  world = makeWorld();
});
afterAll(() => world[Symbol.dispose]());

const textOf = async (text: string, part = {}): Promise<string | undefined> =>
  (await world.resolve(text, part)).config.config.Env?.[0]?.replace('TEXT=', '');

/** With its own digest. */
function made(document: object, mediaType: string, ...parts: readonly MadeImage[]): MadeImage {
  const bytes = Buffer.from(JSON.stringify(document));
  const digest = digestOfBytes(bytes);
  const blobs = new Map([...parts.flatMap((one) => [...one.blobs]), [digest as string, bytes] as const]);
  return { descriptor: { mediaType, digest, size: bytes.length }, blobs };
}

const nested = (...inside: readonly MadeImage[]): MadeImage =>
  made(
    { schemaVersion: 2, manifests: inside.map(({ descriptor }) => descriptor) },
    mediaTypes.index,
    ...inside,
  );

test('an attestation, or another platform, that an archive leaves out is not needed', async () => {
  const [amd64, arm64] = [await imageOf('amd64'), await imageOf('arm64', { arch: 'arm64' })];
  const index = makeIndex([amd64, arm64], { predicate: 'x' });
  const top = made({}, mediaTypes.index).descriptor;
  const kept = { descriptor: top, blobs: new Map([...amd64.blobs, ...makeIndexOnly(index)]) };
  await world.writeTar('left-out.tar', layoutOf([{ image: index }], beyond(index, kept)));
  const found = await world.resolve('oci-archive:left-out.tar');
  expect(found.config.architecture).toBe('amd64');
  expect(found.statements).toEqual([]);
  await expect(world.resolve('oci-archive:left-out.tar', { arch: 'arm64' })).rejects.toThrow(
    /^Cannot use image "oci-archive:left-out.tar": its manifest is not in it: "sha256:/,
  );
});

const makeIndexOnly = ({ descriptor: { digest }, blobs }: MadeImage): [string, Buffer][] =>
  [...blobs].filter(([one]) => one === digest);

test('a layer that is needed and missing is named, with what needs it', async () => {
  const image = await imageOf('x');
  const layer = [...image.blobs.keys()][0] ?? '';
  await world.writeTar('no-layer.tar', layoutOf([{ image }], [layer]));
  await expect(world.resolve('oci-archive:no-layer.tar')).rejects.toThrow(
    `Cannot use image "oci-archive:no-layer.tar": layer 1 of 1, "${layer}", is not in it`,
  );
});

test('a broken image, a signature or a chart beside the one that is meant does no harm', async () => {
  const [good, bad] = [await imageOf('good'), await imageOf('bad')];
  const config = made({ name: 'chart' }, 'application/vnd.cncf.helm.config.v1+json');
  const chart = made(
    { schemaVersion: 2, config: config.descriptor, layers: null, annotations: null },
    mediaTypes.manifest,
    config,
  );
  const listed = [
    { image: chart, annotations: { [refName]: 'chart' } },
    { image: bad, annotations: { [refName]: 'bad' } },
    { image: good, annotations: { [refName]: 'good' } },
  ];
  await world.writeTar('beside.tar', layoutOf(listed, beyond(bad, good)));
  expect(await textOf('oci-archive:beside.tar:good')).toBe('good');
  await expect(world.resolve('oci-archive:beside.tar:bad')).rejects.toThrow(
    'or all that it leads to, is not in it',
  );
  await world.writeTar('chart.tar', layoutOf([{ image: chart }]));
  await expect(world.resolve('oci-archive:chart.tar')).rejects.toThrow(
    'it holds an artifact of type "application/vnd.cncf.helm.config.v1+json", not an image',
  );
});

test('an index in an index in an index, entries without a platform, unknown ones, and variants', async () => {
  const [amd64, arm64] = [await imageOf('amd64'), await imageOf('arm64', { arch: 'arm64' })];
  const fast = await imageOf('v3');
  const bare = ({ descriptor: { platform: _, ...rest }, blobs }: MadeImage): MadeImage => ({
    descriptor: rest,
    blobs,
  });
  await world.writeTar(
    'deep.tar',
    layoutOf([{ image: nested(nested(nested(bare(arm64))), nested(bare(amd64))) }]),
  );
  for (const arch of ['amd64', 'arm64'] as const)
    expect(await textOf('oci-archive:deep.tar', { arch })).toBe(arch);
  const v3 = {
    ...fast,
    descriptor: { ...fast.descriptor, platform: { os: 'linux', architecture: 'amd64', variant: 'v3' } },
  };
  await world.writeTar('variants.tar', layoutOf([{ image: nested(v3, amd64) }]));
  expect(await textOf('oci-archive:variants.tar')).toBe('amd64');
  await world.writeTar('only-v3.tar', layoutOf([{ image: nested(v3) }]));
  const lines: string[] = [];
  const progress: Work['progress'] = {
    task: (_title, work) => work(() => {}),
    line: (line) => lines.push(line),
  };
  expect(await textOf('oci-archive:only-v3.tar', { progress })).toBe('v3');
  expect(lines).toEqual([expect.stringMatching(/only-v3.tar" is for CPUs of amd64\/v3 alone$/)]);
});

test('platforms that a layout lists one by one are one image', async () => {
  const [amd64, arm64] = [await imageOf('amd64'), await imageOf('arm64', { arch: 'arm64' })];
  const listed = [{ image: amd64 }, { image: arm64 }];
  await world.writeTar('flat.tar', layoutOf(listed));
  for (const arch of ['amd64', 'arm64'] as const)
    expect(await textOf('oci-archive:flat.tar', { arch })).toBe(arch);
});

test('what an archive no longer has is not used', async () => {
  const cache = openCache(mkdtempSync(join(world.folder, 'cache-')));
  const [amd64, arm64] = [await imageOf('amd64'), await imageOf('arm64', { arch: 'arm64' })];
  await world.writeTar('less.tar', layoutOf([{ image: amd64 }, { image: arm64 }]));
  expect(await textOf('oci-archive:less.tar', { cache, arch: 'arm64' })).toBe('arm64');
  await world.writeTar('less.tar', layoutOf([{ image: amd64 }]));
  await expect(world.resolve('oci-archive:less.tar', { cache, arch: 'arm64' })).rejects.toMatchObject({
    hint: 'the image is for linux/amd64',
  });
});

test('one platform of an index is imported, listed by its name in the archive, and exported', async () => {
  const [amd64, arm64] = [await imageOf('amd64'), await imageOf('arm64', { arch: 'arm64' })];
  const index = makeIndex([amd64, arm64], { predicate: 'x' });
  const manifests = new Map([...index.blobs].filter(([digest]) => digest === arm64.descriptor.digest));
  const kept = { ...index, blobs: new Map([...amd64.blobs, ...makeIndexOnly(index), ...manifests]) };
  const annotations = { [refName]: 'docker.io/me/part:1' };
  await world.writeTar('part.tar', layoutOf([{ image: index, annotations }], beyond(index, kept)));
  const env = { HOME: world.folder, KIT_CACHE: mkdtempSync(join(world.folder, 'cache-')), KIT_OFFLINE: '1' };
  await runKit(['cache', 'import', 'part.tar'], world.folder, env);
  await runKit(['cache', 'export', '-o', 'again.tar', 'me/part:1'], world.folder, env);
  expect(await textOf('oci-archive:again.tar:me/part:1')).toBe('amd64');
  world.write('m.yml', 'services: [{name: t, image: "oci-archive:part.tar"}]');
  await runKit(['explain', '-q', 'm.yml', 't'], world.folder, env);
  await runKit(['cache', 'export', '-o', 'other.tar', 'oci-archive:part.tar'], world.folder, env);
  expect(await textOf('oci-archive:other.tar:me/part:1')).toBe('amd64');
  await runKit(['cache', 'rm', 'oci-archive:part.tar'], world.folder, env);
  await expect(runKit(['cache', 'push', 'oci-archive:part.tar'], world.folder, env)).rejects.toThrow(
    'Cannot find image "oci-archive:',
  );
});

test('lists that are null, and times before 1970', async () => {
  const nulls = { Env: null, Cmd: null, Entrypoint: null, Labels: null, Volumes: null, ExposedPorts: null };
  const config = made(
    {
      ...{
        architecture: 'amd64',
        os: 'linux',
        created: '0001-01-01T00:00:00Z',
        config: nulls,
        history: null,
      },
      rootfs: { type: 'layers', diff_ids: null },
    },
    mediaTypes.config,
  );
  const document = { schemaVersion: 2, config: config.descriptor, layers: null, annotations: null };
  await world.writeTar('nulls.tar', layoutOf([{ image: made(document, mediaTypes.manifest, config) }]));
  expect((await world.resolve('oci-archive:nulls.tar')).layers).toEqual([]);
});

/** What an archive for `docker load` has: its configuration and a layer. */
async function dockerParts(text: string): Promise<{ config: Buffer; layer: Buffer; hex: string }> {
  const layer = await tarOf([textEntry('file', text)]);
  const rootfs = { type: 'layers', diff_ids: [digestOfBytes(layer)] };
  const config = { architecture: 'amd64', os: 'linux', config: { Env: [`TEXT=${text}`] }, rootfs };
  return { config: Buffer.from(JSON.stringify(config)), layer, hex: digestOfBytes(layer).slice(7) };
}

const manifestOf = (
  Config: string,
  Layers: readonly string[] | null,
  RepoTags: readonly string[] | null = null,
) => textEntry('manifest.json', JSON.stringify([{ Config, RepoTags, Layers }]));
const link = (path: string, linkname: string, type: 'symlink' | 'hardlink'): TarEntry =>
  tarEntry({ path, linkname, type });

test.each<[string, (parts: Awaited<ReturnType<typeof dockerParts>>) => TarEntry[]]>([
  [
    'docker save before 25: VERSION, json, repositories',
    ({ config, layer, hex }) => [
      tarEntry({ path: `${hex}/`, type: 'directory' }),
      textEntry(`${hex}/VERSION`, '1.0'),
      textEntry(`${hex}/json`, '{}'),
      textEntry(`${hex}/layer.tar`, layer),
      textEntry('c.json', config),
      manifestOf('c.json', [`${hex}/layer.tar`], ['me/x:1']),
      textEntry('repositories', `{"me/x":{"1":"${hex}"}}`),
    ],
  ],
  [
    'links to links for a layer that images share',
    ({ config, layer, hex }) => [
      link('b/layer.tar', '../a/layer.tar', 'symlink'),
      link('a/layer.tar', `../${hex}.tar`, 'symlink'),
      textEntry(`${hex}.tar`, layer),
      textEntry('c.json', config),
      manifestOf('c.json', ['b/layer.tar']),
    ],
  ],
  [
    'hard links, and ./ before all paths',
    ({ config, layer }) => [
      tarEntry({ path: './', type: 'directory' }),
      textEntry('./one.tar', layer),
      link('./two.tar', './one.tar', 'hardlink'),
      textEntry('./c.json', config),
      { ...manifestOf('./c.json', ['./two.tar']), path: './manifest.json' },
    ],
  ],
  [
    'manifest.json first, a compressed layer (kaniko, Bazel, jib)',
    ({ config, layer, hex }) => [
      manifestOf('c.json', [`${hex}.tar.gz`], ['bazel/x:image']),
      textEntry('c.json', config),
      textEntry(`${hex}.tar.gz`, gzipSync(layer)),
    ],
  ],
  [
    'an older entry of the same path (tar -r)',
    ({ config, layer }) => [
      textEntry('l.tar', 'old'),
      textEntry('c.json', 'old'),
      manifestOf('gone.json', []),
      textEntry('l.tar', layer),
      textEntry('c.json', config),
      manifestOf('c.json', ['l.tar']),
    ],
  ],
])('docker-archive: %s', async (_title, entries) => {
  await world.writeTar('d.tar', entries(await dockerParts('docker')));
  expect(await textOf('docker-archive:d.tar')).toBe('docker');
  const gzipped = gzipSync(await tarOf(entries(await dockerParts('packed'))));
  world.write('d.tar.gz', gzipped);
  expect(await textOf('docker-archive:d.tar.gz')).toBe('packed');
});

test('docker save of a new version: both lists, and an index whose other platforms are not there', async () => {
  const [image, other] = [await imageOf('new'), await imageOf('arm64', { arch: 'arm64' })];
  const index = makeIndex([image, other], { predicate: 'x' });
  const { config, layers } = JSON.parse(String(image.blobs.get(image.descriptor.digest)));
  const path = (one: { digest: string }): string => `blobs/${one.digest.replace(':', '/')}`;
  const annotations = { 'io.containerd.image.name': 'docker.io/me/x:1', [refName]: '1' };
  const top = { descriptor: index.descriptor, blobs: new Map([...image.blobs, ...makeIndexOnly(index)]) };
  const entries = layoutOf([{ image: index, annotations }], beyond(index, top));
  await world.writeTar('new.tar', [...entries, manifestOf(path(config), layers.map(path), ['me/x:1'])]);
  for (const name of [
    'docker-archive:new.tar',
    'docker-archive:new.tar:me/x:1',
    'oci-archive:new.tar:me/x:1',
  ])
    expect(await textOf(name)).toBe('new');
  // Without the index's own blob, the other list is left.
  await world.writeTar('half.tar', [
    ...layoutOf([{ image: index, annotations }], beyond(index, image)),
    manifestOf(path(config), layers.map(path), ['me/x:1']),
  ]);
  expect(await textOf('oci-archive:half.tar')).toBe('new');
});

test('docker save of several images, without names and layers', async () => {
  const [one, two] = [await dockerParts('one'), await dockerParts('two')];
  const list = [
    { Config: '1.json', RepoTags: null, Layers: ['1.tar'] },
    { Config: '2.json', RepoTags: ['me/two:1', 'me/two:latest'], Layers: ['2.tar'] },
  ];
  await world.writeTar('several.tar', [
    textEntry('manifest.json', JSON.stringify(list)),
    ...[textEntry('1.json', one.config), textEntry('1.tar', one.layer)],
    ...[textEntry('2.json', two.config), textEntry('2.tar', two.layer)],
  ]);
  expect(await textOf('docker-archive:several.tar:@0')).toBe('one');
  for (const name of ['me/two', 'latest', '@1'])
    expect(await textOf(`docker-archive:several.tar:${name}`)).toBe('two');
  await expect(world.resolve('docker-archive:several.tar')).rejects.toMatchObject({
    hint: 'add one of its names after a colon: docker.io/me/two:1, docker.io/me/two:latest',
  });
});

test('docker save before 1.10 is refused by name', async () => {
  const { layer, hex } = await dockerParts('old');
  await world.writeTar('old.tar', [textEntry(`${hex}/layer.tar`, layer), textEntry('repositories', '{}')]);
  await expect(world.resolve('docker-archive:old.tar')).rejects.toMatchObject({
    message: 'Cannot import "old.tar": it holds no image',
    hint: 'it is of a Docker before 1.10: docker load and docker save of a newer one',
  });
});

test("Docker's types and an empty layer of gzip, as converters write it", async () => {
  const empty = Buffer.alloc(1024);
  const image = await imageOf('docker', {
    docker: true,
    layers: [{ tar: empty }, { tar: await tarOf([textEntry('a', 'b')]) }],
  });
  expect(image.descriptor.mediaType).toBe(dockerTypes.manifest);
  await world.writeTar('types.tar', layoutOf([{ image }]));
  expect((await world.resolve('oci-archive:types.tar')).layers).toHaveLength(2);
});
