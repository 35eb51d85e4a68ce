import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { resolveImage } from '../../build/images/resolve.ts';
import { parseImageRef } from '../../build/reference/image-ref.ts';
import { testWork } from '../../build/testing.ts';
import { runTool } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/tree.ts';
import { defaultSources, type Work } from '../../build/work.ts';
import { bodyBytes, readTar, textEntry } from '../../lib/archive/tar.ts';
import { testSocket } from '../support/needs.ts';
import { type MadeImage, makeImage, makeIndex, oddLayers, tarOf } from './images.ts';
import { runKit } from './kit.ts';
import { registryTools } from './tools.ts';

let dir: string;
let skopeoTools: Tools;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-archive-'));
  skopeoTools = await registryTools();
  writeFileSync(join(dir, 'policy.json'), '{"default": [{"type": "insecureAcceptAnything"}]}');
}, 300_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(dir, 'cache-'));
});

const kit = (args: readonly string[], stdin?: Readable): Promise<Buffer> =>
  runKit(args, dir, { HOME: dir, KIT_CACHE: cache, KIT_OFFLINE: '1' }, stdin);

const json = async (args: readonly string[], stdin?: Readable): Promise<unknown> =>
  JSON.parse((await kit([...args, '--json'], stdin)).toString());

/** skopeo with the paths of its policy and temporary files. */
async function skopeo(...args: string[]): Promise<string> {
  const { signal } = new AbortController();
  const own = ['--policy', join(dir, 'policy.json'), '--tmpdir', dir];
  return (await runTool(skopeoTools, 'skopeo', [...own, ...args], { signal, cwd: dir, env: { HOME: dir } }))
    .stdout;
}

async function layout(name: string, { descriptor, blobs }: MadeImage): Promise<Buffer> {
  const top = { ...descriptor, annotations: { 'org.opencontainers.image.ref.name': name } };
  return tarOf([
    textEntry('oci-layout', '{"imageLayoutVersion":"1.0.0"}'),
    textEntry('index.json', JSON.stringify({ schemaVersion: 2, manifests: [top] })),
    ...[...blobs].map(([digest, bytes]) => textEntry(`blobs/${digest.replace(':', '/')}`, bytes)),
  ]);
}

async function multiPlatform(): Promise<MadeImage> {
  const [lower, upper] = await oddLayers();
  const layers = [{ tar: lower }, { tar: upper, compression: 'zstd' as const }];
  const images = ['amd64', 'arm64'].map((arch) =>
    makeImage({ arch, layers, config: { Env: [`ARCH=${arch}`] } }),
  );
  return makeIndex(images, { predicate: 'SBOM' });
}

test('an OCI archive is imported and exported with name, digest and platforms, reproducibly', async () => {
  const made = await multiPlatform();
  const name = 'docker.io/me/multi:1';
  const moved = await json(['cache', 'import', '-'], Readable.from([await layout(name, made)]));
  expect(moved).toEqual([{ name, digest: made.descriptor.digest }]);
  const first = await kit(['cache', 'export', 'me/multi:1', '-o', '-']);
  cache = mkdtempSync(join(dir, 'cache-'));
  expect(await json(['cache', 'import', '-'], Readable.from([first]))).toEqual(moved);
  expect((await kit(['cache', 'export', 'me/multi:1', '-o', '-'])).equals(first)).toBe(true);
  const listed = (await json(['cache', 'ls'])) as { images: { name: string; arch: string }[] };
  expect(listed.images.map(({ arch }) => arch)).toEqual(['amd64', 'arm64']);
});

test("a package is exported as LinuxKit's builder wants it: the whole name, an index with the platform", async () => {
  const { descriptor, blobs } = makeImage({ layers: [] });
  await kit(
    ['cache', 'import', '--name', 'kit/x:3f2a', '-'],
    Readable.from([await layout('a:1', { descriptor, blobs })]),
  );
  const entries = new Map<string, Buffer>();
  for await (const entry of readTar([await kit(['cache', 'export', 'kit/x:3f2a', '-o', '-'])], 'x'))
    entries.set(entry.path, await bodyBytes(entry));
  const top = JSON.parse(String(entries.get('index.json'))).manifests;
  expect(top).toEqual([
    {
      ...{
        mediaType: 'application/vnd.oci.image.index.v1+json',
        digest: expect.anything(),
        size: expect.anything(),
      },
      annotations: {
        'io.containerd.image.name': 'docker.io/kit/x:3f2a',
        'org.opencontainers.image.ref.name': 'docker.io/kit/x:3f2a',
      },
    },
  ]);
  const index = JSON.parse(String(entries.get(`blobs/${top[0].digest.replace(':', '/')}`)));
  expect(index.manifests).toMatchObject([
    { digest: descriptor.digest, platform: { os: 'linux', architecture: 'amd64' } },
  ]);
});

test('the archive of "linuxkit cache export", which calls a manifest an index, is imported', async () => {
  const { descriptor, blobs } = makeImage({ layers: [] });
  const wrong = { ...descriptor, mediaType: 'application/vnd.oci.image.index.v1+json' };
  const archive = await layout('docker.io/linuxkit/x:1', { descriptor: wrong, blobs });
  expect(await json(['cache', 'import', '-'], Readable.from([archive]))).toEqual([
    { name: 'docker.io/linuxkit/x:1', digest: descriptor.digest },
  ]);
});

test('exports one platform of several', async () => {
  const name = 'docker.io/me/multi:1';
  await kit(['cache', 'import', '-'], Readable.from([await layout(name, await multiPlatform())]));
  const one = await kit([
    'cache',
    'export',
    name,
    '--platform',
    'linux/arm64',
    '--name',
    'me/arm:2',
    '-o',
    '-',
  ]);
  cache = mkdtempSync(join(dir, 'cache-'));
  expect(await json(['cache', 'import', '-'], Readable.from([one]))).toMatchObject([
    { name: 'docker.io/me/arm:2' },
  ]);
  const listed = (await json(['cache', 'ls'])) as { images: { arch: string }[] };
  expect(listed.images.map(({ arch }) => arch)).toEqual(['arm64']);
  await expect(kit(['cache', 'export', 'me/arm:2', '--platform', 'linux/amd64'])).rejects.toMatchObject({
    message: 'Cannot find image "docker.io/me/arm:2" for linux/amd64 in the cache',
    hint: 'there is linux/arm64',
  });
});

test('skopeo reads what kit exports, and kit imports what skopeo writes', async () => {
  const name = 'docker.io/me/multi:1';
  await kit(['cache', 'import', '-'], Readable.from([await layout(name, await multiPlatform())]));
  await kit(['cache', 'export', name, '--platform', 'linux/amd64', '-o', 'one.tar']);
  await kit(['cache', 'export', name, '--format', 'docker', '--platform', 'linux/amd64', '-o', 'docker.tar']);
  for (const source of ['oci-archive:one.tar', 'docker-archive:docker.tar']) {
    expect(JSON.parse(await skopeo('inspect', source))).toMatchObject({
      Architecture: 'amd64',
      Env: ['ARCH=amd64'],
    });
  }
  const config = await skopeo('inspect', '--config', '--raw', 'docker-archive:docker.tar');
  await skopeo('copy', 'oci-archive:one.tar', 'docker-archive:skopeo.tar:me/back:1');
  await skopeo('copy', 'oci-archive:one.tar', 'oci:skopeo-folder:2');
  await skopeo('copy', 'oci-archive:one.tar', 'oci-archive:skopeo-oci.tar:me/oci:3');
  cache = mkdtempSync(join(dir, 'cache-'));
  expect(await json(['cache', 'import', 'skopeo.tar'])).toMatchObject([{ name: 'docker.io/me/back:1' }]);
  expect(await json(['cache', 'import', 'skopeo-oci.tar'])).toMatchObject([{ name: 'docker.io/me/oci:3' }]);
  expect(await json(['cache', 'import', '--name', 'me/dir', 'skopeo-folder'])).toMatchObject([
    { name: 'docker.io/me/dir:latest' },
  ]);
  for (const back of ['me/back:1', 'me/oci:3', 'me/dir']) {
    await kit([
      'cache',
      'export',
      '--format',
      'docker',
      '--platform',
      'linux/amd64',
      '-o',
      'again.tar',
      back,
    ]);
    expect(await skopeo('inspect', '--config', '--raw', 'docker-archive:again.tar')).toBe(config);
  }
});

test('merged layers are exported as a file system, which is imported as an image of one layer', async () => {
  const name = 'docker.io/me/multi:1';
  await kit(['cache', 'import', '-'], Readable.from([await layout(name, await multiPlatform())]));
  await kit([
    'cache',
    'export',
    name,
    '--format',
    'filesystem',
    '--platform',
    'linux/amd64',
    '-o',
    'root.tar',
  ]);
  const listing = execFileSync('tar', ['--numeric-owner', '-tvf', join(dir, 'root.tar')], {
    encoding: 'utf8',
  });
  const paths = listing
    .trim()
    .split('\n')
    .map((line) => line.replace(/^.*\d\d:\d\d /, ''));
  expect(paths).toEqual([
    ...['bin/', 'bin/busybox', 'bin/link -> /etc/motd', 'bin/ping', 'bin/sh link to bin/busybox'],
    ...['dev/', 'dev/null', 'dev/pipe', 'etc/', 'etc/motd', 'etc/owned'],
    ...['opt/', 'opt/old/', 'opt/old/b', 'tmp/'],
  ]);
  expect(listing).toMatch(/^-rwsr-xr-x 0\/0 .*bin\/busybox$/m);
  expect(listing).toMatch(/^-rw-r----- 1000\/70000 .*etc\/owned$/m);
  writeFileSync(join(dir, 'root.tar.gz'), gzipSync(readFileSync(join(dir, 'root.tar'))));
  await kit(['cache', 'import', '--name', 'me/root:1', '--platform', 'linux/arm64', 'root.tar.gz']);
  await kit([
    'cache',
    'export',
    'me/root:1',
    '--format',
    'filesystem',
    '--platform',
    'linux/arm64',
    '-o',
    'again.tar',
  ]);
  expect(readFileSync(join(dir, 'again.tar')).equals(readFileSync(join(dir, 'root.tar')))).toBe(true);
});

test.each<[string, () => Promise<Buffer>, string]>([
  ['nothing', async () => Buffer.alloc(0), 'Cannot import "standard input": '],
  [
    'a damaged blob',
    async () => tarOf([textEntry('oci-layout', '{}'), textEntry(`blobs/sha256/${'0'.repeat(64)}`, 'x')]),
    'is damaged: its digest is "sha256:',
  ],
  [
    'an index without blobs',
    async () => layout('a/b:1', { ...(await multiPlatform()), blobs: new Map() }),
    'or all that it leads to, is not in it',
  ],
  ['a manifest.json of nothing', async () => tarOf([textEntry('manifest.json', '[]')]), 'it holds no image'],
  [
    'a manifest.json of files that are not there',
    async () => tarOf([textEntry('manifest.json', '[{"Config":"../../x","Layers":[]}]')]),
    'names "../../x", which is not in it',
  ],
  ['paths that lead out', async () => tarOf([textEntry('../index.json', '{}')]), 'leads out of the archive'],
])('an archive with %s is refused', async (_title, archive, why) => {
  await expect(kit(['cache', 'import', '-'], Readable.from([await archive()]))).rejects.toMatchObject({
    name: 'KitError',
    message: expect.stringContaining(why),
  });
});

test('rm accepts a name as the user wrote it; an unknown name is an error', async () => {
  const name = 'docker.io/library/x:latest';
  await kit(['cache', 'import', '-'], Readable.from([await layout(name, makeImage({ layers: [] }))]));
  await kit(['cache', 'rm', 'x']);
  await expect(kit(['cache', 'rm', 'x'])).rejects.toThrow(
    'Cannot remove "x": no image of the cache has this name',
  );
  await expect(kit(['cache', 'export', 'x', '-o', '-'])).rejects.toThrow(
    'no image of the cache has this name',
  );
});

test('manifests can use archives as images; they are imported again after a change', async () => {
  const made = async (text: string) =>
    layout('docker.io/me/a:1', makeImage({ layers: [{ tar: await tarOf([textEntry('x', text)]) }] }));
  writeFileSync(join(dir, 'a.tar'), await made('one'));
  const resolve = async (ref: string, part: Partial<Work> = {}) =>
    resolveImage(parseImageRef(ref, { folder: dir }), testWork({ cacheDir: cache, arch: 'amd64', ...part }));
  const one = await resolve('oci-archive:a.tar');
  expect(await resolve('oci-archive:a.tar:me/a:1')).toMatchObject({ digest: one?.digest });
  await expect(resolve('oci-archive:a.tar:me/b')).rejects.toMatchObject({
    message: expect.stringContaining('it holds no image "me/b"'),
    hint: expect.stringContaining('docker.io/me/a:1'),
  });
  await expect(resolve('oci-archive:none.tar')).rejects.toThrow(
    'Cannot find image "oci-archive:none.tar": there is no',
  );
  await expect(resolve('oci-archive:a.tar', { arch: 'arm64' })).rejects.toMatchObject({
    hint: 'the image is for linux/amd64',
  });
  const [layer] = one?.layers ?? [];
  rmSync(layer?.path ?? '');
  rmSync(join(cache, 'oci/blobs/sha256'), { recursive: true });
  expect(await resolve('oci-archive:a.tar')).toEqual(one);
  writeFileSync(join(dir, 'a.tar'), await made('two, longer'));
  expect((await resolve('oci-archive:a.tar'))?.digest).not.toBe(one?.digest);
});

test('--docker imports an image of the engine once; without an engine it is an error', async () => {
  const name = 'docker.io/me/multi:1';
  await kit(['cache', 'import', '-'], Readable.from([await layout(name, await multiPlatform())]));
  const archive = await kit([
    'cache',
    'export',
    name,
    '--format',
    'docker',
    '--platform',
    'linux/amd64',
    '-o',
    '-',
  ]);
  cache = mkdtempSync(join(dir, 'cache-'));
  const asked: string[] = [];
  const engine = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    asked.push(path);
    if (!path.startsWith(`/images/${name}/`)) response.writeHead(404).end('{"message":"no such image"}');
    else response.end(path.endsWith('/json') ? '{"Id":"sha256:1"}' : archive);
  }).listen(testSocket(dir, 'docker.sock'));
  await once(engine, 'listening');
  const resolve = async (ref: string, socket = testSocket(dir, 'docker.sock')) => {
    const sources = { ...defaultSources, docker: true, offline: true };
    const env = { DOCKER_HOST: `unix://${socket}` };
    return resolveImage(
      parseImageRef(ref, { folder: dir }),
      testWork({ cacheDir: cache, arch: 'amd64', sources, env }),
    );
  };
  expect((await resolve('me/multi:1'))?.config.config.Env).toEqual(['ARCH=amd64']);
  await resolve('me/multi:1');
  expect(asked).toEqual(['json', 'get', 'json'].map((verb) => `/images/${name}/${verb}`));
  await expect(resolve('me/other:1')).rejects.toThrow(
    'Cannot find image "docker.io/me/other:1" for amd64: it is not in the cache',
  );
  const none = testSocket(dir, 'none.sock');
  await expect(resolve('me/other:1', none)).rejects.toMatchObject({
    message: `Cannot look for image "docker.io/me/other:1" in Docker at "${none}": there is no such socket`,
    hint: expect.stringContaining('leave --docker away'),
  });
  engine.close();
});
