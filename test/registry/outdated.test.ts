import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockImages } from '../../build/images/lock-images.ts';
import { parseManifest } from '../../build/manifest/parse.ts';
import type { Manifest } from '../../build/manifest/types.ts';
import { outdatedImages, renewImages } from '../../build/outdated/image-locks.ts';
import { testWork } from '../../build/testing.ts';
import { defaultSources, type Work } from '../../build/work.ts';
import { textEntry } from '../../lib/archive/tar.ts';
import { FakeRegistry } from './fake-registry.ts';
import { makeImage, tarOf } from './images.ts';

let dir: string;
const registry = new FakeRegistry();
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-outdated-'));
  await registry.start();
});
afterAll(async () => {
  await registry.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Each has connections and a memory of its own, as a command has. */
const work = (offline = false): Work =>
  testWork({
    ...{ cacheDir: join(dir, 'cache'), env: { HOME: dir }, arch: 'amd64' },
    sources: { ...defaultSources, offline },
  });

/** Lets the tag `web:1` be an image with this file. Resolves to its digest. */
async function publish(text: string): Promise<string> {
  const { descriptor, blobs } = makeImage({ layers: [{ tar: await tarOf([textEntry('x', text)]) }] });
  for (const bytes of blobs.values()) registry.hold('web', bytes);
  const bytes = blobs.get(descriptor.digest) ?? Buffer.alloc(0);
  for (const name of [':1', `@${descriptor.digest}`])
    registry.manifests.set(`web${name}`, { bytes, type: descriptor.mediaType });
  return descriptor.digest;
}

const manifest = (image: string): Manifest => parseManifest(`init: ["${image}"]\n`, 'm.yml', dir);
const tagged = (): string => `${registry.host}/web:1`;

test('a tag that has moved since kit.lock is shown, then locked anew', async () => {
  const from = await publish('one');
  expect(await outdatedImages(manifest(tagged()), work())).toEqual([]);
  await lockImages(manifest(tagged()), ['amd64'], work());
  expect(await outdatedImages(manifest(tagged()), work())).toEqual([]);

  const to = await publish('two');
  const row = { lock: join(dir, 'kit.lock'), kind: 'image', name: tagged(), from, to, security: null };
  expect(await outdatedImages(manifest(tagged()), work())).toMatchObject([row]);
  expect(await outdatedImages(manifest(tagged()), work(true))).toEqual([]);
  expect(readFileSync(join(dir, 'kit.lock'), 'utf8')).toContain(from);

  expect(await renewImages(manifest(tagged()), ['amd64'], work())).toMatchObject([row]);
  expect(readFileSync(join(dir, 'kit.lock'), 'utf8')).toContain(to);
  expect(await outdatedImages(manifest(tagged()), work())).toEqual([]);
});

test('so is one whose digest the manifest has; a digest alone says nothing of what is newer', async () => {
  const from = await publish('three');
  const to = await publish('four');
  const pinned = manifest(`${tagged()}@${from}`);
  expect(await outdatedImages(pinned, work())).toMatchObject([{ lock: 'm.yml', from, to }]);
  expect(await outdatedImages(manifest(`${registry.host}/web@${from}`), work())).toEqual([]);
});
