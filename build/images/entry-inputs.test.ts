import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type TarEntry, tarEntry, textEntry, writeTar } from '../../lib/archive/tar.ts';
import { KitErrors, reasonOf } from '../../lib/errors/errors.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { parseManifest } from '../manifest/parse.ts';
import { testWork } from '../testing.ts';
import { entryInputs, profilePath } from './entry-inputs.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-inputs-'));
afterAll(() => rmSync(dir, { recursive: true }));
const work = testWork({ cacheDir: join(dir, 'cache') });

let made = 0;

async function image(user: string, ...layers: TarEntry[][]): Promise<ResolvedImage> {
  const tars = layers.map(async (entries) => {
    const path = join(dir, `${++made}.tar`);
    const { digest, size } = await writeTar(path, entries);
    return { diffId: digest, path, bytes: size, annotations: {} };
  });
  const rootfs = { type: 'layers', diff_ids: [] } as const;
  const config = { architecture: 'amd64', os: 'linux', config: { User: user }, rootfs } as const;
  return { name: 'x', digest: `sha256:${user}${++made}`, layers: await Promise.all(tars), config };
}

const text = 'services: [{name: web, image: x}]';

async function userOf(one: ResolvedImage): Promise<unknown> {
  const { users } = await entryInputs(parseManifest(text, 'x.yml', dir), () => one, work);
  const found = users.get(one.digest);
  return found instanceof Error ? found.message : found;
}

const passwd = (uid: number) => textEntry('etc/passwd', `web:x:${uid}:${uid}::/:\n`);
const folder = tarEntry({ path: 'etc', type: 'directory', mode: 0o755 });

test('the user of an image, by the newest /etc/passwd of its layers', async () => {
  expect(await userOf(await image('web', [folder, passwd(5)]))).toMatchObject({ uid: 5, gid: 5 });
  expect(await userOf(await image('web', [folder, passwd(5)], [passwd(6)]))).toMatchObject({ uid: 6 });
  expect(await userOf(await image('', [folder]))).toBeUndefined();
  expect(await userOf(await image('70:80', []))).toEqual({ uid: 70, gid: 80, additionalGids: [] });
});

test('a link is followed within the image', async () => {
  const link = tarEntry({ path: 'etc/passwd', type: 'symlink', linkname: '/usr/lib/passwd' });
  const real = textEntry('usr/lib/passwd', 'web:x:9:9::/:\n');
  expect(await userOf(await image('web', [folder, link, real]))).toMatchObject({ uid: 9 });
  const out = tarEntry({ path: 'etc/passwd', type: 'symlink', linkname: '../../../../../etc/passwd' });
  expect(await userOf(await image('root2', [folder, out]))).toContain('it has no /etc/passwd');
});

test.each<[string, TarEntry[]]>([
  ['its /etc/passwd has no "wib"', [folder, passwd(1)]],
  ['it has no /etc/passwd', [folder, tarEntry({ path: 'etc/passwd', type: 'fifo' })]],
  ['it has no /etc/passwd', [folder, passwd(1), textEntry('.wh.etc', '')].slice(0, 1)],
  ['it has more than 1 MiB', [folder, textEntry('etc/passwd', 'x'.repeat((1 << 20) + 1))]],
])('%s', async (message, entries) => {
  expect(await userOf(await image('wib', entries))).toContain(message);
});

test('the volumes of an image, as its layers have them', async () => {
  const plain = await image(
    '',
    [
      tarEntry({ path: 'data', type: 'directory', mode: 0o1770, uid: 70, gid: 71 }),
      textEntry('data/a', '12345'),
    ],
    [
      textEntry('data/b', '123'),
      textEntry('data/.wh.a', ''),
      textEntry('file', 'x'),
      textEntry('database', 'x'),
    ],
  );
  const config = { Volumes: { '/data/': {}, '/none': {}, '/file': {}, '/proc/x': {} } };
  const one = { ...plain, config: { ...plain.config, config } };
  const { volumes } = await entryInputs(parseManifest(text, 'x.yml', dir), () => one, work);
  expect(volumes.get(one.digest)).toEqual([
    { path: '/data', mode: 0o1770, uid: 70, gid: 71, bytes: 3 },
    { path: '/none', mode: 0o755, uid: 0, gid: 0, bytes: 0 },
  ]);
});

test('what the configuration of an image asks for and does not get is named, once', async () => {
  const lines: string[] = [];
  const progress = { ...work.progress, line: (text: string) => void lines.push(text) };
  const plain = await image('');
  const one = {
    ...plain,
    config: { ...plain.config, config: { missed: ['a'], Healthcheck: { Test: ['CMD'] } } },
  };
  const twice = 'services: [{name: web, image: x}, {name: api, image: x}]';
  await entryInputs(parseManifest(twice, 'x.yml', dir), () => one, { ...work, progress });
  expect(lines).toEqual(['Image "x": a', 'Image "x": Healthcheck says CMD without a command']);
});

const withProfile = (file: string, from = 'x.yml') =>
  parseManifest(`services: [{name: web, image: x, seccomp: ${file}}]`, from, dir);

async function errorOf(file: string, from?: string): Promise<string> {
  const one = await image('');
  return entryInputs(withProfile(file, from), () => one, work).then(
    () => '',
    (thrown) => (thrown instanceof KitErrors ? thrown.errors.map(reasonOf).join() : reasonOf(thrown)),
  );
}

test('a profile beside the manifest', async () => {
  writeFileSync(join(dir, 'good.json'), '{"defaultAction": "SCMP_ACT_LOG"}');
  const manifest = withProfile('./good.json');
  const one = await image('');
  const { profiles } = await entryInputs(manifest, () => one, work);
  const [entry] = manifest.services;
  expect(entry && profiles.get(profilePath('./good.json', entry.origin))).toEqual({
    defaultAction: 'SCMP_ACT_LOG',
  });
});

test('an unusable profile, with the reason', async () => {
  mkdirSync(join(dir, 'folder.json'));
  writeFileSync(join(dir, 'large.json'), ' '.repeat((1 << 20) + 1));
  writeFileSync(join(dir, 'bad.json'), '{\n  "defaultAction": "SCMP_ACT_ALOW"\n}');
  expect(await errorOf('./none.json')).toContain('Cannot read seccomp profile "./none.json": ENOENT');
  expect(await errorOf('./folder.json')).toContain('it is not a file');
  expect(await errorOf('./large.json')).toContain('it has more than 1 MiB');
  expect(await errorOf('./bad.json')).toContain('"SCMP_ACT_ALOW"');
  expect(await errorOf('./good.json', 'https://example.org/x.yml')).toContain(
    'a manifest from a URL cannot name files of this host',
  );
});
