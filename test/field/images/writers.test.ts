import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyBytes, fileBody, readTar, tarEntry } from '../../../lib/archive/tar.ts';
import { makeIndex } from '../../registry/images.ts';
import { runKit } from '../../registry/kit.ts';
import { imageOf, layoutOf, makeWorld, refName, type World } from './world.ts';

/*
 * Images that skopeo and umoci write, named in every way that a manifest can name them.
 */

let world: World;
beforeAll(async () => {
  world = makeWorld();
  const image = await imageOf('one');
  await world.writeTar('i.tar', layoutOf([{ image, annotations: { [refName]: 'docker.io/me/local:1' } }]));
  const copies = ['docker-archive:d.tar:docker.io/me/local:1', 'oci:layout:1', 'oci-archive:plain.tar'];
  for (const to of copies) await world.run('skopeo', 'copy', '-q', 'oci-archive:i.tar', to);
  mkdirSync(join(world.folder, 'my images'));
  for (const name of ['i.tar', 'd.tar', 'layout', 'plain.tar'])
    cpSync(join(world.folder, name), join(world.folder, 'my images', name), { recursive: true });
}, 300_000);
afterAll(() => world[Symbol.dispose]());

const names = [
  ...['oci-archive:i.tar', 'oci-archive:i.tar:1', 'oci-archive:i.tar:me/local:1', 'oci-archive:./i.tar:@0'],
  ...['docker-archive:d.tar', 'docker-archive:my images/d.tar:me/local:1', 'docker-archive:d.tar:1'],
  ...['oci:layout', 'oci:layout:1', 'oci:my images/layout:1', 'oci-archive:plain.tar'],
];

/** The files of the tree that `kit build -f tar` makes of a manifest with this image. */
async function tree(text: string, flags: readonly string[] = []): Promise<Map<string, string>> {
  const manifest = {
    init: [text],
    services: [{ name: 't', image: text }],
    files: [{ path: 'm.yml', metadata: 'yaml' }],
  };
  world.write('m.yml', JSON.stringify(manifest));
  const env = { HOME: world.folder, KIT_CACHE: join(world.folder, 'cache'), KIT_OFFLINE: '1' };
  await runKit(['build', '-q', '-f', 'tar', ...flags, 'm.yml'], world.folder, env);
  const files = new Map<string, string>();
  for await (const entry of readTar(fileBody(join(world.folder, 'm.tar')), 'm.tar'))
    if (entry.type === 'file') files.set(entry.path, String(await bodyBytes(entry)));
  return files;
}

test('a manifest names archives by any path and name; the tree and its bill of materials say so', async () => {
  for (const name of [...names, `oci-archive:${world.folder}/i.tar`, `oci:${world.folder}/layout:1`]) {
    const files = await tree(name);
    expect(files.get('file'), name).toBe('one');
    expect(files.get('m.yml'), name).toContain(`image: ${name}\n`);
    const bill = JSON.parse(files.get('sbom.spdx.json') ?? '');
    expect(bill.packages.map((one: { name: string }) => one.name)).toContain(name);
  }
}, 300_000);

test('kit lock records the digests of archives; --locked refuses another', async () => {
  const env = { HOME: world.folder, KIT_CACHE: join(world.folder, 'cache'), KIT_OFFLINE: '1' };
  await tree('oci-archive:i.tar', ['--no-sbom']);
  await runKit(['lock', 'm.yml'], world.folder, env);
  const { digest } = await world.resolve('oci-archive:i.tar');
  expect((await tree('oci-archive:i.tar', ['--locked'])).get('file')).toBe('one');
  expect((await world.resolve(`oci-archive:i.tar@${digest}`)).digest).toBe(digest);
  await world.writeTar('i.tar', layoutOf([{ image: await imageOf('other') }]));
  await expect(tree('oci-archive:i.tar', ['--locked'])).rejects.toThrow(
    `Cannot use image "oci-archive:i.tar" with --locked: kit.lock has ${digest}, and it is sha256:`,
  );
  await expect(world.resolve(`oci-archive:i.tar@${digest}`)).rejects.toThrow(': its digest is "sha256:');
  cpSync(join(world.folder, 'my images/i.tar'), join(world.folder, 'i.tar'));
}, 300_000);

test('an archive of several images: one is chosen by its name, and an error names all', async () => {
  const listed = [
    { image: await imageOf('a'), annotations: { [refName]: 'docker.io/me/a:1' } },
    { image: await imageOf('b'), annotations: { [refName]: 'docker.io/me/b:2' } },
  ];
  await world.writeTar('two.tar', layoutOf(listed));
  for (const name of ['me/a:1', '1', 'docker.io/me/a:1', '@0'])
    expect((await world.resolve(`oci-archive:two.tar:${name}`)).config.config.Env).toEqual(['TEXT=a']);
  for (const name of ['', ':me/c:1', ':3']) {
    await expect(world.resolve(`oci-archive:two.tar${name}`)).rejects.toMatchObject({
      hint: 'add one of its names after a colon: docker.io/me/a:1, docker.io/me/b:2',
    });
  }
  await expect(world.resolve('oci-archive:two.tar:@2')).rejects.toThrow('it holds 2 images, counted from 0');
  await expect(world.resolve('oci:layout:2')).rejects.toMatchObject({
    message: 'Cannot use image "oci:layout:2": it holds no image "2"',
    hint: 'add one of its names after a colon: 1',
  });
  await expect(world.resolve('oci-archive:plain.tar:x')).rejects.toMatchObject({
    hint: 'the image in it has no name: leave the name away',
  });
});

test('what is no archive is an error that says what it is', async () => {
  world.write('file', 'x'.repeat(2000));
  mkdirSync(join(world.folder, 'empty'), { recursive: true });
  await expect(world.resolve('oci:empty')).rejects.toThrow('there is no "');
  await expect(world.resolve('oci-archive:none.tar')).rejects.toThrow('there is no "');
  await expect(world.resolve('oci-archive:file')).rejects.toThrow('Cannot');
  await world.writeTar('rootfs.tar', [tarEntry({ path: 'etc', type: 'directory' })]);
  await expect(world.resolve('docker-archive:rootfs.tar')).rejects.toMatchObject({
    message: 'Cannot use "rootfs.tar" as an image: it has neither index.json nor manifest.json',
    hint: expect.stringContaining('kit cache import --name NAME rootfs.tar'),
  });
});

test('skopeo: an index with all platforms, in another index, with an attestation', async () => {
  const images = [await imageOf('amd64'), await imageOf('arm64', { arch: 'arm64' })];
  const index = makeIndex(images, { predicate: 'x' });
  await world.writeTar('all.tar', layoutOf([{ image: index, annotations: { [refName]: 'me/all:1' } }]));
  await world.run('skopeo', 'copy', '-q', '--all', 'oci-archive:all.tar:me/all:1', 'oci:all:1');
  for (const arch of ['amd64', 'arm64'] as const) {
    const found = await world.resolve('oci:all:1', { arch });
    expect(found.config.config.Env).toEqual([`TEXT=${arch}`]);
    expect(found.statements).toHaveLength(1);
  }
});

test('umoci: several tags of one layout, an image without layers among them', async () => {
  world.write('payload', 'from umoci');
  await world.run('umoci', 'init', '--layout', 'um');
  await world.run('umoci', 'new', '--image', 'um:empty');
  await world.run(
    'umoci',
    'insert',
    '--rootless',
    '--image',
    'um:empty',
    '--tag',
    'full',
    'payload',
    '/payload',
  );
  await world.run(
    'umoci',
    'config',
    '--image',
    'um:full',
    '--config.entrypoint',
    '/x',
    '--config.env',
    'A=b',
  );
  expect((await world.resolve('oci:um:full')).config.config).toMatchObject({
    Entrypoint: ['/x'],
    Env: ['A=b'],
  });
  expect((await world.resolve('oci:um:full')).layers).toHaveLength(1);
  expect((await world.resolve('oci:um:empty')).layers).toEqual([]);
  await expect(world.resolve('oci:um')).rejects.toMatchObject({
    hint: expect.stringMatching(/names after a colon: (?:empty, full|full, empty)$/),
  });
});
