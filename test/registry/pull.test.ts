import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openCache } from '../../build/cache/cache.ts';
import { collectGarbage } from '../../build/cache/gc.ts';
import type { ResolvedImage } from '../../build/cache/stored-image.ts';
import { listImages } from '../../build/cache/usage.ts';
import { ociLayout } from '../../build/image/volumes/oci-layout.ts';
import { resolveImage } from '../../build/images/resolve.ts';
import { registryRef } from '../../build/reference/image-ref.ts';
import { RegistryClient } from '../../build/registry/client.ts';
import { testWork } from '../../build/testing.ts';
import { defaultSources, type ImageSources, type Work } from '../../build/work.ts';
import { textEntry } from '../../lib/archive/tar.ts';
import { type MadeImage, makeImage, makeIndex, oddLayers, pushMade, tarOf } from './images.ts';
import { startRegistry, type TestRegistry } from './real-registry.ts';

let dir: string;
let registry: TestRegistry;
let client: RegistryClient;
let lines: string[];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-pull-'));
  registry = await startRegistry();
  const { signal } = new AbortController();
  client = new RegistryClient({ env: { HOME: dir }, certificates: [], mirrors: [], signal });
}, 300_000);
afterAll(async () => {
  client?.close();
  await registry?.stop();
  rmSync(dir, { recursive: true, force: true });
});

let cacheDir: string;
beforeEach(() => {
  cacheDir = mkdtempSync(join(dir, 'cache-'));
  lines = [];
});

function work(sources: Partial<ImageSources> = {}, part: Partial<Work> = {}): Work {
  const progress = {
    task: <T>(_: string, run: (note: () => void) => Promise<T>) => run(() => {}),
    line: (text: string) => void lines.push(text),
  };
  return testWork({
    cacheDir,
    env: { HOME: dir },
    arch: 'amd64',
    progress,
    sources: { ...defaultSources, ...sources },
    ...part,
  });
}

async function resolve(
  name: string,
  sources: Partial<ImageSources> = {},
  part: Partial<Work> = {},
): Promise<ResolvedImage> {
  return resolveImage(registryRef(name), work(sources, part));
}

let count = 0;
async function put(image: MadeImage): Promise<string> {
  const name = `${registry.host}/x/image-${++count}:1`;
  await pushMade(name, image, client);
  return name;
}

test.each([
  ['OCI, gzip', { docker: false, compression: 'gzip' }],
  ['OCI, zstd', { docker: false, compression: 'zstd' }],
  ['OCI, plain', { docker: false, compression: 'none' }],
  ['Docker, gzip', { docker: true, compression: 'gzip' }],
] as const)('an image of %s becomes plain layers, once', async (_title, { docker, compression }) => {
  const tars = await oddLayers();
  const config = { Env: ['A=b'], Labels: { x: 'y' } };
  const made = makeImage({ docker, config, layers: tars.map((tar) => ({ tar, compression })) });
  const name = await put(made);
  const image = await resolve(name);
  expect(image).toMatchObject({ name, digest: made.descriptor.digest, config: { config } });
  expect(image.layers.map(({ path }) => readFileSync(path))).toEqual(tars);
  expect(image.layers.map(({ bytes }) => bytes)).toEqual(tars.map(({ length }) => length));
  expect(await resolve(name, { offline: true })).toEqual(image);
});

test('from an index, one architecture and its attestations are pulled; others on demand', async () => {
  const [amd64, arm64] = await Promise.all(
    ['amd64', 'arm64'].map(async (arch) =>
      makeImage({ arch, layers: [{ tar: await tarOf([textEntry('arch', arch)]) }] }),
    ),
  );
  const index = makeIndex([arm64 as MadeImage, amd64 as MadeImage], { predicate: 'SBOM' });
  const name = await put(index);
  const image = await resolve(name);
  expect(image.digest).toBe(amd64?.descriptor.digest);
  expect(image.statements).toMatchObject([{ predicateType: 'https://spdx.dev/Document' }]);
  const statement = readFileSync(image.statements?.[0]?.path ?? '', 'utf8');
  expect(JSON.parse(statement)).toEqual({ predicate: 'SBOM', subject: amd64?.descriptor.digest });
  const cache = openCache(cacheDir);
  expect(await listImages(cache)).toMatchObject([{ name, arch: 'amd64', digest: amd64?.descriptor.digest }]);
  await expect(resolve(name, { offline: true }, { arch: 'arm64' })).rejects.toThrow(
    'is missing or damaged in the cache',
  );
  expect((await resolve(name, {}, { arch: 'arm64' })).digest).toBe(arm64?.descriptor.digest);
  expect((await listImages(cache)).map(({ arch }) => arch)).toEqual(['amd64', 'arm64']);
});

test('an image for another architecture is refused, naming its platforms', async () => {
  const made = makeImage({ arch: 'arm64', layers: [] });
  const single = await put(made);
  const several = await put(makeIndex([made, makeImage({ arch: 'riscv64', layers: [] })], {}));
  await expect(resolve(single)).rejects.toThrow(`Cannot pull "${single}" for amd64: it is for linux/arm64`);
  await expect(resolve(several)).rejects.toThrow('it is for linux/arm64, linux/riscv64');
});

test('a moved tag is noticed only with --pull; a digest never changes', async () => {
  const layer = async (text: string) => makeImage({ layers: [{ tar: await tarOf([textEntry('x', text)]) }] });
  const [one, two] = [await layer('one'), await layer('two')];
  const name = await put(one);
  await resolve(name);
  await pushMade(name, two, client);
  expect((await resolve(name)).digest).toBe(one.descriptor.digest);
  expect((await resolve(name, { pull: true })).digest).toBe(two.descriptor.digest);
  expect((await resolve(name)).digest).toBe(two.descriptor.digest);
  const pinned = `${name.replace(/:1$/, '')}@${one.descriptor.digest}`;
  expect((await resolve(pinned)).digest).toBe(one.descriptor.digest);
});

test('the default tag is latest; the error for an unknown name lists where kit looked', async () => {
  const made = makeImage({ layers: [] });
  await pushMade(`${registry.host}/x/plain:latest`, made, client);
  expect((await resolve(`${registry.host}/x/plain`)).name).toBe(`${registry.host}/x/plain:latest`);
  const url = `http://${registry.host}/v2/x/none/manifests/1`;
  await expect(resolve(`${registry.host}/x/none:1`)).rejects.toMatchObject({
    ref: registryRef(`${registry.host}/x/none:1`),
    message: expect.stringContaining(`Cannot pull "${registry.host}/x/none:1": GET ${url}: answered 404`),
    hint: expect.stringContaining('the cache does not have it either'),
  });
  await expect(resolve('redis:7', { offline: true })).rejects.toMatchObject({
    message: 'Cannot find image "docker.io/library/redis:7" for amd64: it is not in the cache',
    hint: '--offline is set, so no registry was contacted',
  });
});

test('garbage collection keeps all blobs of a pulled image, and removes all of a removed one', async () => {
  const [tar] = await oddLayers();
  const name = await put(makeIndex([makeImage({ layers: [{ tar }] })], { predicate: 'SBOM' }));
  const image = await resolve(name);
  // A copy, since this process uses the cache itself.
  const copy = mkdtempSync(join(dir, 'copy-'));
  cpSync(cacheDir, copy, { recursive: true, preserveTimestamps: true });
  const cache = openCache(copy);
  expect(await collectGarbage(cache)).toEqual({ files: 0, bytes: 0 });
  expect(await resolve(name, { offline: true })).toEqual(image);
  await cache.refs.remove(name);
  // Index, manifest, configuration, layer twice; attestation: manifest, configuration, statement.
  expect(await collectGarbage(cache)).toMatchObject({ files: 8 });
});

test('an index in an index is pulled, and stays whole when garbage is collected', async () => {
  const image = (arch: string) => makeImage({ arch, layers: [], config: { Env: [`ARCH=${arch}`] } });
  const name = await put(makeIndex([makeIndex([image('arm64'), image('amd64')])]));
  const cache = openCache(cacheDir);
  expect((await resolve(name, {}, { cache })).config.config.Env).toEqual(['ARCH=amd64']);
  await collectGarbage(cache);
  expect((await resolve(name, { offline: true }, { cache })).config.config.Env).toEqual(['ARCH=amd64']);
});

const hostile: [string, () => Promise<Buffer>, string][] = [
  [
    '..',
    () => tarOf([textEntry('a/../../etc/passwd', 'x')]),
    'the path "a/../../etc/passwd" leads out of the archive',
  ],
  [
    'a path of 10,000 folders',
    () => tarOf([textEntry(`${'a/'.repeat(10_000)}x`, 'x')]),
    'a path has 20001 bytes',
  ],
  ['a name of 300 letters', () => tarOf([textEntry('a'.repeat(300), 'x')]), 'is longer than 255 bytes'],
  ['a file in a whiteout', () => tarOf([textEntry('a/.wh.b/c', 'x')]), '"a/.wh.b/c" lies below "a/.wh.b"'],
  ['a whiteout of ..', () => tarOf([textEntry('a/.wh...', '')]), '"a/.wh..." removes no file'],
  ['no tar at all', async () => Buffer.alloc(2000, 'x'), 'no tar archive'],
];

test.each(hostile)('a layer with %s is refused with a KitError', async (_title, tar, why) => {
  const name = await put(makeImage({ layers: [{ tar: await tar() }] }));
  const failure = await resolve(name).catch((thrown: Error) => thrown);
  expect(failure).toMatchObject({ name: 'KitError', message: expect.stringContaining(why) });
  expect(String(failure)).toContain(`of image "${name}"`);
});

test('a layer with another diff id and a truncated layer are refused', async () => {
  const tar = await tarOf([textEntry('x', 'x'.repeat(100_000))]);
  const diffIds = [`sha256:${'0'.repeat(64)}`];
  const differs = /unpacked it is "sha256:\w{64}", and the image's configuration says "sha256:0{64}"/;
  await expect(resolve(await put(makeImage({ layers: [{ tar }], diffIds })))).rejects.toThrow(
    new RegExp(`Cannot use layer \\w{12} of image ".*": ${differs.source}`),
  );
  const cut = makeImage({ layers: [{ tar: tar.subarray(0, 50_000) }] });
  await expect(resolve(await put(cut))).rejects.toThrow('it ends in the middle of "x"');
});

test('decompression bombs are refused by ratio or limit, which can be changed', async () => {
  const tar = await tarOf([textEntry('x', Buffer.alloc(30 << 20))]);
  const name = await put(makeImage({ layers: [{ tar }] }));
  const failure = await resolve(name, { layerLimit: 20 << 20 }).catch((thrown: Error) => thrown);
  expect(failure).toMatchObject({
    message: expect.stringMatching(/^Cannot unpack layer .*: it grows beyond the limit of 20971520 bytes$/),
    hint: expect.stringContaining('--layer-limit'),
  });
  expect((await resolve(name)).layers[0]?.bytes).toBe(tar.length);
});

test('a volume of format oci has the requested platforms and no other', async () => {
  const image = async (arch: string) =>
    makeImage({ arch, layers: [{ tar: await tarOf([textEntry('arch', arch)]) }] });
  const name = await put(makeIndex([await image('amd64'), await image('arm64'), await image('riscv64')], {}));
  const resolved = { ref: registryRef(name), image: await resolve(name) };
  const origin = { file: 'x.yml', folder: dir, place: () => ({ file: 'x.yml', line: 1, column: 1 }) };
  const blobs = async (platforms: readonly string[]) => {
    const entries = await ociLayout(resolved, platforms, origin, work());
    return entries.filter(({ path }) => path.startsWith('blobs/sha256/')).length;
  };
  await expect(ociLayout(resolved, ['linux/arm64'], origin, work({ offline: true }))).rejects.toThrow(
    `Cannot find image "${resolved.image.name}" for linux/arm64 in the cache`,
  );
  // A manifest, a configuration and a layer each; two need an index, and the statement's manifest comes
  // along.
  expect(await blobs(['linux/arm64'])).toBeGreaterThanOrEqual(3);
  expect(await blobs(['linux/amd64', 'linux/arm64'])).toBeLessThan(await blobs([]));
});
