import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCpio } from '../../build/binary/cpio/read-cpio.ts';
import { cacheDir } from '../../build/host/paths.ts';
import { assemble } from '../../build/image/assemble.ts';
import { commandLine } from '../../build/image/plan/command-line.ts';
import { planImage } from '../../build/image/plan/image-plan.ts';
import { parseManifest } from '../../build/manifest/parse.ts';
import { readAll } from '../../build/pieces/read-pieces.ts';
import { testWork } from '../../build/testing.ts';
import { runTool } from '../../build/tools/command.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { parseLayerIndex } from '../../lib/bundle/layers.ts';
import { inMemory } from '../support/in-memory.ts';
import { fakeImages } from './fake-images.ts';

const root = mkdtempSync(join(tmpdir(), 'kit-assemble-'));
afterAll(() => rmSync(root, { recursive: true }));

const shared = cacheDir(process.env);

beforeAll(async () => void (await toolsTree(testWork())), 300_000);

/** An empty cache that shares only the tools with the user's. */
function freshCache(): string {
  const cache = mkdtempSync(join(root, 'cache-'));
  mkdirSync(join(shared, 'tools'), { recursive: true });
  for (const name of ['tools', 'debs']) symlinkSync(join(shared, name), join(cache, name));
  return cache;
}

const manifestText = `
kernel: {image: kernel, cmdline: console=ttyS0}
init: [init]
onboot: [{name: first, image: web}]
services:
  - {name: web, image: web, readonly: true}
  - {name: two, image: web}
files: [{path: etc/motd, contents: hello}]
`;

async function built(text: string, cache = freshCache(), production = false) {
  const images = await fakeImages(join(cache, 'images'));
  const options = { cwd: root, production, sbom: false, trustLabels: true } as const;
  const plan = planImage(parseManifest(text, 'x.yml', root), images, options, {});
  const image = await assemble(plan, testWork({ cacheDir: cache, arch: 'amd64' }));
  return {
    image,
    initrd: await readAll(await image.initrd()),
    work: testWork({ cacheDir: cache, arch: 'amd64' }),
    cache,
  };
}

/** Paths and contents of the archives in order. */
async function entriesOf(initrd: Buffer): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for await (const { path, source, at, bytes } of readCpio(inMemory(initrd), 'initrd'))
    found.set(path, await source.read(at, bytes));
  return found;
}

describe('an image made of tiny images', () => {
  test('has the format of lib/bundle/layers.ts', async () => {
    const { image, initrd } = await built(manifestText);
    const entries = await entriesOf(initrd);
    const index = parseLayerIndex(entries.get('layers/index')?.toString() ?? '');
    expect(index.map(({ use }) => use)).toEqual(['root', 'root', 'root', 'root', 'bundle']);
    expect([...entries.keys()]).toEqual([
      ...['dev', 'dev/console', 'layers', 'layers/index'],
      ...['bin', 'bin/busybox', 'init', 'shell', 'm', 'm/00-loop.ko.xz', 'm/01-erofs.ko.xz'],
      ...index.map(({ id }) => `layers/${id}.erofs`),
    ]);
    for (const { id, bytes } of index) expect(entries.get(`layers/${id}.erofs`)?.length).toBe(bytes);
    expect(entries.get('bin/busybox')?.toString()).toBe('BUSYBOX');
    expect(entries.get('m/01-erofs.ko.xz')?.toString()).toBe('erofs module');
    expect(readFileSync(image.kernel.file, 'utf8')).toBe('KERNEL');
    expect(image.cmdline).toBe(commandLine('console=ttyS0', 'amd64'));
    expect(await image.memoryMiB()).toBeGreaterThan(200);
  });

  test('has an initrd without modules when the manifest names no kernel', async () => {
    const { image, initrd } = await built(manifestText.replace('image: kernel, ', ''));
    expect(image.hasKernel).toBe(false);
    expect(() => image.kernel).toThrow('the manifest names no kernel');
    const entries = [...(await entriesOf(initrd)).keys()];
    expect(entries.slice(0, 9)).toEqual([
      ...['dev', 'dev/console', 'layers', 'layers/index', 'bin', 'bin/busybox', 'init', 'shell', 'm'],
    ]);
    expect(await image.memoryMiB()).toBeGreaterThan(0);
  });

  test('has no shell when it is for production', async () => {
    const { initrd } = await built(manifestText, freshCache(), true);
    expect([...(await entriesOf(initrd)).keys()].slice(4, 8)).toEqual(['bin', 'bin/busybox', 'init', 'm']);
  });

  test('has bundles in its top layer, with their layers in the index', async () => {
    const { image, initrd, work } = await built(manifestText);
    const index = parseLayerIndex((await entriesOf(initrd)).get('layers/index')?.toString() ?? '');
    const top = index.filter(({ use }) => use === 'root').at(-1);
    const file = (await image.initrd()).find(
      (piece) => 'file' in piece && 'id' in piece && piece.id === top?.id,
    );
    const out = mkdtempSync(join(root, 'top-'));
    const source = file && 'file' in file ? file.file : '';
    await runTool(await toolsTree(work), 'fsck.erofs', [`--extract=${out}`, '--overwrite', source], work);
    const read = (path: string): string => readFileSync(join(out, path), 'utf8');
    expect(read('etc/motd')).toBe('hello');
    expect(JSON.parse(read('containers/services/web/config.json')).root).toEqual({
      path: 'rootfs',
      readonly: true,
    });
    const { mounts } = JSON.parse(read('containers/onboot/000-first/runtime.json'));
    const lower: string[] = mounts[1].options[0].replace('lowerdir=', '').split(':');
    expect(lower[0]).toBe('/run/layers/top/containers/onboot/000-first/lower');
    for (const path of lower.slice(1)) expect(index.map(({ id }) => `/run/layers/${id}`)).toContain(path);
  });

  test('is identical in another folder, time zone and umask, and when rebuilt', async () => {
    const first = await built(manifestText);
    const again = await built(manifestText, first.cache);
    const [zone, mask] = [process.env.TZ, process.umask(0o077)];
    process.env.TZ = 'Pacific/Kiritimati';
    try {
      const elsewhere = await built(manifestText);
      expect(elsewhere.initrd.equals(first.initrd)).toBe(true);
    } finally {
      process.umask(mask);
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
    expect(again.initrd.equals(first.initrd)).toBe(true);
  });

  test.each([
    [
      'a kernel of another name',
      manifestText.replace('image: kernel', 'image: kernel, binary: bzImage'),
      'Cannot find "bzImage" in kernel image "kernel"',
    ],
    [
      'an entry that refers to nothing',
      `${manifestText}volumes: []`.replace('readonly: true', 'binds: ["v:/v"]'),
      'there is no volume "v"',
    ],
    [
      'what is wrong in entries and in the network, all of it at once,',
      `${manifestText}network: {dns: {servers: [1.2.3]}}`
        .replace('readonly: true', 'binds: ["v:/v"], uid: nobody')
        .replace('name: two', 'name: two, gid: noone'),
      [
        'there is no entry "nobody"',
        'there is no volume "v"',
        'there is no entry "noone"',
        '"1.2.3" is not an IPv4 or IPv6 address',
      ].join('\n'),
    ],
    [
      'every file that is not there',
      manifestText.replace(
        '{path: etc/motd, contents: hello}',
        '{path: a, source: ./a}, {path: b, source: ./b}',
      ),
      'Cannot find file "./a"\nCannot find file "./b"',
    ],
  ])('refuses a manifest: %s', async (_case, text, message) => {
    await expect(built(text)).rejects.toThrow(message);
  });
});
