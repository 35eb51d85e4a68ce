import {
  chmodSync,
  cpSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostArch } from '../../build/host/arch.ts';
import { RegistryClient } from '../../build/registry/client.ts';
import { makeImage, makeIndex, oddLayers, pushMade } from '../registry/images.ts';
import { startRegistry } from '../registry/real-registry.ts';
import { differences, faults, filesOf } from './faults.ts';
import { CliWorld } from './world.ts';

let world: CliWorld;
let whole: string;

beforeAll(async () => {
  world = await CliWorld.make();
  whole = world.newCache();
  expect(await build(whole, 'whole')).toMatchObject({ status: 0 });
}, 300_000);
afterAll(() => world.remove());

const build = (cache: string, out: string) =>
  world.kit(cache, 'build', '--dir', out, '--name', 'x', 'good.yml');

/** A copy of the cache to damage. Preserves times, which the cache checks. */
function copyOfWhole(): string {
  const cache = world.newCache();
  cpSync(whole, cache, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !lstatSync(path).isSymbolicLink(),
  });
  return cache;
}

function flip(file: string): void {
  const bytes = readFileSync(file);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

const cut = (file: string): void => truncateSync(file, statSync(file).size >> 1);
const empty = (file: string): void => truncateSync(file, 0);
const remove = (file: string): void => rmSync(file);

/** The kernel's is read only to derive its files, so those are removed, too. */
function emptyList(file: string): void {
  writeFileSync(file, '[]');
  for (const entry of readdirSync(dirname(file), { withFileTypes: true }))
    if (entry.isDirectory()) rmSync(join(entry.parentPath, entry.name), { recursive: true });
}

test.each<[string, RegExp, (file: string) => void]>([
  ['layers cut short', /^layers\//, cut],
  ['layers with a flipped bit', /^layers\//, flip],
  ['blobs cut short', /^oci\/blobs\//, cut],
  ['blobs with a flipped bit', /^oci\/blobs\//, flip],
  ['blobs removed', /^oci\/blobs\//, remove],
  ['files derived from the kernel, with a flipped bit', /^derived\/.*\/(?:kernel|modules\.tar|m\/.*)$/, flip],
  ['the shell of stage 1, emptied', /^derived\/.*\/busybox$/, empty],
  ['lists of the contents of layers, emptied', /^derived\/[^/]*\.json$/, emptyList],
  ['records of packages, cut short', /^packages\//, cut],
])('%s: detected and recreated', async (_title, pattern, damage) => {
  const cache = copyOfWhole();
  const damaged = filesOf(cache).filter((path) => pattern.test(path));
  expect(damaged).not.toEqual([]);
  for (const path of damaged) {
    chmodSync(join(cache, path), 0o644);
    damage(join(cache, path));
  }
  const out = `out of ${cache}`.replaceAll('/', '-');
  expect(await build(cache, out)).toMatchObject({ status: 0, stderr: '' });
  expect([...faults(cache), ...differences(cache, whole)]).toEqual([]);
  for (const name of readdirSync(world.path('whole'))) {
    const [made, wanted] = [out, 'whole'].map((folder) => readFileSync(world.path(folder, name)));
    expect(made?.equals(wanted ?? Buffer.alloc(0)), name).toBe(true);
  }
});

test('a damaged list of images is one clear error, and its hint fixes it', async () => {
  const cache = copyOfWhole();
  const file = join(cache, 'oci/index.json');
  cut(file);
  const { status, stderr } = await build(cache, 'list');
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^error: Cannot read ".*\/oci\/index\.json": not JSON: .*\n\(hint: remove the file: .*\)\n$/,
  );
  rmSync(file);
  expect(await build(cache, 'list')).toMatchObject({ status: 0, stderr: '' });
});

test('cache clean empties a damaged cache, and keeps files that kit did not create', async () => {
  const cache = copyOfWhole();
  for (const path of filesOf(cache)) {
    chmodSync(join(cache, path), 0o644);
    cut(join(cache, path));
  }
  writeFileSync(join(cache, 'thesis.txt'), 'KIT_CACHE=$HOME');
  expect(await world.kit(cache, 'cache', 'clean')).toMatchObject({ status: 0, stderr: '' });
  expect(readdirSync(cache).sort()).toEqual(['locks', 'thesis.txt']);
});

test.each<[string, (file: string) => void]>([
  ['cut short', cut],
  ['with a flipped bit', flip],
  ['removed', remove],
])(
  'blobs of an image from a registry, %s: detected and downloaded again; an error with --offline',
  async (_title, damage) => {
    const registry = await startRegistry();
    try {
      const name = `${registry.host}/me/foreign:1`;
      const { signal } = new AbortController();
      const client = new RegistryClient({ env: { HOME: world.dir }, certificates: [], mirrors: [], signal });
      const layers = (await oddLayers()).map((tar) => ({ tar }));
      await pushMade(
        name,
        makeIndex([makeImage({ arch: hostArch, config: { Cmd: ['/dev/sh'] }, layers })], { sbom: 1 }),
        client,
      );
      client.close();
      world.write(
        'foreign.yml',
        `kernel: {image: ./kernel}\ninit: [./init]\nservices: [{name: web, image: "${name}"}]\n`,
      );
      const cache = copyOfWhole();
      const before = filesOf(cache);
      const make = (...more: string[]) =>
        world.kit(cache, 'build', '--no-sbom', ...more, '--dir', 'foreign', '--name', 'x', 'foreign.yml');
      expect(await make()).toMatchObject({ status: 0, stderr: '' });
      const image = (): Buffer => readFileSync(world.path('foreign/x-initrd.img'));
      const first = image();
      const pulled = filesOf(cache).filter((path) => /^oci\/blobs\//.test(path) && !before.includes(path));
      // Index, manifest, config, two layers and their unpacked forms; three blobs of the attestation.
      expect(pulled).toHaveLength(10);
      for (const path of pulled) {
        chmodSync(join(cache, path), 0o644);
        damage(join(cache, path));
      }
      const { status, stderr } = await make('--offline');
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /^error: Cannot use image ".*": (?:blob \w+|its \w+ \(blob \w+\)) of image ".*" is missing or damaged in the cache/,
      );
      expect(stderr).toContain('(hint: without --offline, kit downloads it again)');
      expect(await make()).toMatchObject({ status: 0, stderr: '' });
      expect(faults(cache)).toEqual([]);
      expect(image().equals(first)).toBe(true);
    } finally {
      await registry.stop();
    }
  },
);
