import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { KitError } from '../../lib/errors/errors.ts';
import { renderError } from '../../lib/errors/render.ts';
import { openCache } from '../cache/cache.ts';
import { lockImages, type WrittenLock } from '../images/lock-images.ts';
import { resolveManifest } from '../images/manifest-images.ts';
import { imageRefs } from '../manifest/images/image-refs.ts';
import { mergeManifests } from '../manifest/merge.ts';
import { parseManifest } from '../manifest/parse.ts';
import type { Manifest } from '../manifest/types.ts';
import { buildPackages } from '../pkg/verbs.ts';
import { flipByte, testWork } from '../testing.ts';
import { defaultSources } from '../work.ts';
import { parseImageLock } from './lock-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-lock-'));
afterAll(() => rmSync(dir, { recursive: true }));

const sources = { ...defaultSources, offline: true };
const work = () => testWork({ cacheDir: join(dir, 'cache'), arch: 'amd64', sources });
const locked = () => ({ ...work(), locked: true });

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

/** Builds a package of one file, and gives it another name as a foreign image. */
async function pack(name: string, text: string, foreign?: string): Promise<string> {
  write(`${name}/build.yml`, `image: ${name}\n`);
  write(`${name}/files/x`, text);
  const [built] = await buildPackages([`./${name}`], dir, work());
  if (!built) throw new Error('nothing was built');
  const cache = openCache(join(dir, 'cache'));
  const entry = await cache.refs.get(built.name, 'amd64');
  if (foreign && entry) await cache.refs.set(foreign, entry);
  return built.digest;
}

const manifest = (text: string, file = 'x.yml'): Manifest =>
  parseManifest(text, file, join(dir, dirname(file)));

const lock = (one: Manifest): Promise<WrittenLock[]> => lockImages(one, ['amd64'], work());

/** The error message for the manifest with --locked; empty without an error. */
const refused = (one: Manifest): Promise<string> =>
  resolveManifest(one, locked()).then(
    () => '',
    (thrown) => renderError(thrown),
  );

let web: string;

beforeEach(async () => {
  rmSync(join(dir, 'kit.lock'), { force: true });
  web = await pack('web', 'one', 'docker.io/library/foo:1');
});

describe('kit.lock', () => {
  test('lists every image once, sorted, with its digest', async () => {
    const other = await pack('other', 'x');
    await lock(manifest('init: [./web, "foo:1", ./other, ./web]'));
    expect(readFileSync(join(dir, 'kit.lock'), 'utf8')).toBe(`{
  "version": 1,
  "images": {
    "./other": {"amd64":"${other}"},
    "./web": {"amd64":"${web}"},
    "foo:1": "${web}"
  }
}
`);
  });

  test('keeps entries for other manifests of the folder, and reports new ones', async () => {
    expect((await lock(manifest('init: [./web]')))[0]?.changed).toEqual(['./web']);
    const [again] = await lock(manifest('init: [./web, "foo:1"]'));
    expect(again?.changed).toEqual(['foo:1']);
    expect(Object.keys(again?.images ?? {})).toEqual(['./web', 'foo:1']);
  });

  test('is in the folder of each manifest, so that one name can mean two images', async () => {
    const both = mergeManifests([manifest('init: [./web]'), manifest('init: [../web]', 'sub/y.yml')]);
    mkdirSync(join(dir, 'sub'), { recursive: true });
    const files = (await lock(both)).map(({ file, images }) => [file, Object.keys(images)]);
    expect(files).toEqual([
      [join(dir, 'kit.lock'), ['./web']],
      [join(dir, 'sub/kit.lock'), ['../web']],
    ]);
    expect(await refused(both)).toBe('');
  });

  test('names a templated package by its folder', async () => {
    const templates = {
      texts: new Map([['@pkg:./web', 'kit/web:1']]),
      folders: new Map([['kit/web:1', join(dir, 'web')]]),
      errors: [],
    };
    const one = parseManifest('init: ["@pkg:./web"]', 'x.yml', dir, templates);
    expect(Object.keys((await lock(one))[0]?.images ?? {})).toEqual(['./web']);
    expect(await refused(one)).toBe('');
  });
});

describe('--locked', () => {
  const one = manifest('init:\n  - ./web\n  - foo:1\n');

  test('accepts images that match the lock', async () => {
    await lock(one);
    expect(await refused(one)).toBe('');
  });

  test('reports all images that are not in the lock at once', async () => {
    await lock(manifest('init: [./web]'));
    expect(await refused(manifest('init: [./web]\nkernel: {image: foo:1}'))).toBe(
      `error: x.yml:2:17: Cannot use image "foo:1" with --locked: kit.lock does not have it
    2 | kernel: {image: foo:1}
      |                 ^
(hint: kit lock x.yml adds it)`,
    );
    rmSync(join(dir, 'kit.lock'));
    expect((await refused(one)).match(/there is no "kit.lock"/g)).toHaveLength(2);
  });

  test('refuses an architecture that is not in the lock', async () => {
    await lock(manifest('init: [./web]'));
    const failed = await resolveManifest(one, { ...locked(), arch: 'arm64' }).catch((thrown) => thrown);
    expect(failed.errors[0]).toMatchObject({
      message: 'Cannot use image "./web" with --locked: kit.lock does not have it for arm64',
      hint: 'kit lock x.yml --arch arm64 adds it',
    });
  });

  test('refuses a package that has changed', async () => {
    await lock(one);
    const now = await pack('web', 'two');
    expect(await refused(manifest('init:\n  - ./web\n'))).toBe(
      `error: x.yml:2:5: Cannot use image "./web" with --locked: kit.lock has ${web}, and it is ${now}
    2 |   - ./web
      |     ^
(hint: what it is made of has changed since; kit lock x.yml accepts that)`,
    );
    await pack('web', 'one');
  });

  test('reads the layers that the cache has, whatever the times of their files are', async () => {
    await pack('web', 'one');
    await lock(one);
    const image = (await resolveManifest(one, locked()))(imageRefs(one)[0] as never);
    const { path, diffId } = image.layers.at(-1) ?? {};
    const mend = flipByte(path ?? '');
    const found = await refused(one);
    expect(found).toContain(
      `x.yml:2:5: Cannot use image "./web" with --locked: its layer ${diffId} is damaged in the cache: "${path}" is sha256:`,
    );
    expect(found).toContain('x.yml:3:5: Cannot use image "foo:1" with --locked');
    expect(found).toContain('(hint: remove that file: kit makes it again, or pulls it)');
    await resolveManifest(one, work());
    mend();
    expect(await refused(one)).toBe('');
  });

  test('resolves the locked digest when a tag has moved', async () => {
    await lock(one);
    await pack('moved', 'two', 'docker.io/library/foo:1');
    expect(await refused(one)).toContain(`Cannot find image "docker.io/library/foo:1@${web}"`);
    expect(await refused(one)).toContain('x.yml:3:5');
  });
});

describe('a damaged kit.lock', () => {
  test.each([
    ['not JSON', '{', 'not JSON'],
    ['of the future', '{"version": 2, "images": {}}', '"version" is 2, expected 1: a newer kit wrote it'],
    [
      'no digest',
      '{"version": 1, "images": {"a": "latest"}}',
      '"images.a" is "latest", expected "sha256:" and 64 hex digits',
    ],
    ['a list', '{"version": 1, "images": []}', '"images" is [], expected an object'],
  ])('%s is an error', (_title, text, message) => {
    expect(() => parseImageLock(Buffer.from(text), 'kit.lock')).toThrow(message);
  });

  test('with any bytes throws nothing but KitErrors', () => {
    const json = fc.jsonValue().map((value) => JSON.stringify({ version: 1, images: value }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          json.map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          try {
            parseImageLock(bytes, 'kit.lock');
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(KitError);
          }
        },
      ),
    );
  });
});
