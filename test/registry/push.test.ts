import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { RegistryClient } from '../../build/registry/client.ts';
import { runTool } from '../../build/tools/command.ts';
import { makeImage, makeIndex, oddLayers, pushMade } from './images.ts';
import { runKit } from './kit.ts';
import { password, startRegistry, type TestRegistry, user } from './real-registry.ts';
import { registryTools } from './tools.ts';

let dir: string;
let registry: TestRegistry;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-push-'));
  registry = await startRegistry({ auth: true, tls: true });
  const auth = Buffer.from(`${user}:${password}`).toString('base64');
  write('.docker/config.json', JSON.stringify({ auths: { [registry.host]: { auth } } }));
}, 300_000);
afterAll(async () => {
  await registry?.stop();
  rmSync(dir, { recursive: true, force: true });
});

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(dir, 'cache-'));
});

function write(path: string, content: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), content);
}

interface Line {
  readonly name: string;
  readonly digest: string;
  readonly sent: number;
}

async function kit(...args: string[]): Promise<Line[]> {
  const env = { HOME: dir, KIT_CACHE: cache, KIT_CERT_FILE: registry.authorityFile ?? '' };
  return JSON.parse((await runKit([...args, '--json'], dir, env)).toString()) as Line[];
}

/** The image as an independent client sees it. */
async function inspect(name: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { signal } = new AbortController();
  const access = ['--tls-verify=false', `--creds=${user}:${password}`];
  const call = ['--tmpdir', dir, 'inspect', ...access, ...args, `docker://${name}`];
  return JSON.parse(
    (await runTool(await registryTools(), 'skopeo', call, { signal, cwd: dir, env: { HOME: dir } })).stdout,
  );
}

async function put(name: string, text: string): Promise<string> {
  const { signal } = new AbortController();
  const client = new RegistryClient({
    env: { HOME: dir },
    certificates: [registry.authority ?? ''],
    mirrors: [],
    signal,
  });
  const [lower, upper] = await oddLayers();
  const layers = [{ tar: lower }, { tar: upper }];
  const images = ['amd64', 'arm64'].map((arch) =>
    makeImage({ arch, layers, config: { Env: [`A=${text}`] } }),
  );
  const index = makeIndex(images, { predicate: 'SBOM' });
  await pushMade(`${registry.host}/${name}`, index, client);
  client.close();
  return index.descriptor.digest;
}

test('a pulled image is pushed to another name with the same digest; blobs are sent once', async () => {
  const digest = await put('a/first:1', 'one');
  const [first, second, third] = ['a/first:1', 'a/second:1', 'b/third:2'].map(
    (name) => `${registry.host}/${name}`,
  );
  await kit('cache', 'pull', first ?? '', '--platform', 'linux/amd64', '--platform', 'linux/arm64');
  const pushed = await kit('cache', 'push', '--remote-name', second ?? '', first ?? '');
  expect(pushed).toMatchObject([{ name: second, digest }]);
  expect(pushed[0]?.sent).toBeGreaterThan(0);
  expect(await kit('cache', 'push', '--remote-name', second ?? '', first ?? '')).toMatchObject([
    { digest, sent: 0 },
  ]);
  expect(
    await kit('cache', 'push', '--remote-name', third ?? '', '--platform', 'linux/arm64', first ?? ''),
  ).toMatchObject([{ name: third }]);
  expect(await inspect(second ?? '')).toMatchObject({ Env: ['A=one'], Architecture: 'amd64' });
  expect((await inspect(second ?? '', '--raw')).manifests).toHaveLength(4);
});

test('an existing tag is replaced only with --override', async () => {
  await put('o/one:1', 'one');
  const two = await put('o/two:1', 'two');
  const [one, other] = ['o/one:1', 'o/two:1'].map((name) => `${registry.host}/${name}`);
  const platforms = ['--platform', 'linux/amd64', '--platform', 'linux/arm64'];
  await kit('cache', 'pull', other ?? '', ...platforms);
  await expect(kit('cache', 'push', '--remote-name', one ?? '', other ?? '')).rejects.toMatchObject({
    message: `Cannot push "${one}": the registry has another image of this name`,
    hint: '--override replaces it',
  });
  expect(await kit('cache', 'push', '--override', '--remote-name', one ?? '', other ?? '')).toMatchObject([
    { digest: two },
  ]);
});

test('packages are pushed compressed, with an index; blobs that they share are mounted', async () => {
  const org = `${registry.host}/org`;
  write('base/build.yml', 'image: base\n');
  write('base/files/etc/base', 'x'.repeat(100_000));
  write('web/build.yml', 'image: web\nbase: [../base]\nentrypoint: [/bin/web]\n');
  write('web/files/bin/web', 'WEB');
  const pushed = await kit(
    'pkg',
    'push',
    '--org',
    org,
    '--platforms',
    'linux/amd64,linux/arm64',
    './base',
    './web',
  );
  const [web = ''] = pushed.map(({ name }) => name).filter((name) => /\/web:[0-9a-f]+$/.test(name));
  expect(pushed).toHaveLength(6);
  const webs = pushed.filter(({ name }) => name.startsWith(`${web}-`));
  // base's layer is already there: only web's own layer and configurations are sent.
  expect(webs.map(({ sent }) => sent)).toEqual([2, 1]);
  const index = (await inspect(web, '--raw')) as { manifests: { platform: { architecture: string } }[] };
  expect(index.manifests.map(({ platform }) => platform.architecture)).toEqual(['amd64', 'arm64']);
  const image = (await inspect(`${web}-amd64`, '--raw')) as { layers: { mediaType: string }[] };
  expect(image.layers.map(({ mediaType }) => mediaType)).toEqual(
    Array(2).fill('application/vnd.oci.image.layer.v1.tar+gzip'),
  );
  const digests = (lines: Line[]): unknown => lines.map(({ name, digest }) => ({ name, digest }));
  cache = mkdtempSync(join(dir, 'cache-'));
  const again = await kit(
    'pkg',
    'push',
    '--org',
    org,
    '--platforms',
    'linux/amd64,linux/arm64',
    './base',
    './web',
  );
  expect(digests(again)).toEqual(digests(pushed));
  expect(again.map(({ sent }) => sent)).toEqual(again.map(() => 0));
  expect(await kit('pkg', 'manifest', '--org', org, './web')).toMatchObject([
    { name: web, digest: pushed.find(({ name }) => name === web)?.digest },
  ]);
  await kit('cache', 'pull', web);
  await runKit(
    ['cache', 'export', '--format', 'filesystem', '--platform', 'linux/amd64', '-o', 'web.tar', web],
    dir,
    { HOME: dir, KIT_CACHE: cache },
  );
  expect(readFileSync(join(dir, 'web.tar')).includes('WEB')).toBe(true);
});

test('an empty index is refused, with a hint', async () => {
  write('lonely/build.yml', 'image: lonely\n');
  write('lonely/files/x', 'x');
  await expect(kit('pkg', 'manifest', '--org', `${registry.host}/none`, './lonely')).rejects.toMatchObject({
    message: expect.stringMatching(
      /^Cannot make index ".*\/none\/lonely:\w+": the registry has no "\w+-amd64" or any other$/,
    ),
    hint: 'kit pkg push sends the images first',
  });
});
