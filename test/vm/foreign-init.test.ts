import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { resolveImage } from '../../build/images/resolve.ts';
import { parseImageRef } from '../../build/reference/image-ref.ts';
import { testWork } from '../../build/testing.ts';
import { type TarEntry, tarEntry, textEntry, writeTar } from '../../lib/archive/tar.ts';
import { type Descriptor, mediaTypes } from '../../lib/oci/types.ts';
import { scratch } from '../support/machine.ts';
import { kit, run } from '../support/run-kit.ts';

/** An image name that no registry has. */
const odd = 'kit.invalid/test/odd:1';

const folder = (path: string): TarEntry => tarEntry({ path, type: 'directory' });
const layers: TarEntry[][] = [
  [
    ...[folder('gone'), textEntry('gone/x', 'old'), textEntry('removed', 'old')],
    ...[folder('opaque'), textEntry('opaque/old', 'old')],
  ],
  [
    ...[textEntry('.wh.gone', ''), textEntry('.wh.removed', '')],
    ...[folder('opaque'), textEntry('opaque/.wh..wh..opq', ''), textEntry('opaque/new', 'new')],
    ...[textEntry('one', 'the same file'), tarEntry({ path: 'two', type: 'hardlink', linkname: 'one' })],
    { ...textEntry('owned', 'x', 0o4751), uid: 7, gid: 8 },
  ],
];

/** Puts pkg/busybox with more layers into the cache, like a pulled image. */
async function makeOddImage(): Promise<void> {
  const work = testWork();
  const { cache } = work;
  const busybox = await resolveImage(parseImageRef('pkg/busybox', { folder: kitRoot }), work);
  const below = busybox.layers.map(
    ({ diffId, bytes }): Descriptor => ({ mediaType: mediaTypes.layer, digest: diffId, size: bytes }),
  );
  const own: Descriptor[] = [];
  for (const entries of layers) {
    own.push(
      await cache.scratch(async (dir) => {
        const tar = join(dir, 'layer.tar');
        const written = await writeTar(tar, entries);
        return cache.addFile(tar, undefined, written);
      }),
    );
  }
  const all = [...below, ...own];
  const config = await cache.addJson(
    {
      ...{ architecture: work.arch, os: 'linux', config: { Cmd: ['/bin/sh'], Env: ['PATH=/bin:/usr/bin'] } },
      rootfs: { type: 'layers', diff_ids: all.map(({ digest }) => digest) },
    },
    mediaTypes.config,
  );
  const manifest = await cache.addJson(
    { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers: all },
    mediaTypes.manifest,
  );
  await cache.refs.set(odd, { ...manifest, platform: { os: 'linux', architecture: work.arch } });
  await cache.close();
}

async function removeOddImage(): Promise<void> {
  const { cache } = testWork();
  await cache.refs.remove(odd);
  await cache.close();
}

test("an init like LinuxKit's boots the flat tree and finds everything where LinuxKit has it", async () => {
  await makeOddImage();
  await using place = await scratch();
  try {
    const manifest = join(kitRoot, 'test', 'vm', 'foreign-init.yml');
    const built = await kit('build', '--dir', place.dir, '--name', 'foreign', manifest);
    expect(built.stderr + built.stdout).toContain('foreign-initrd.img');
    expect(built.status).toBe(0);
    const prefix = join(place.dir, 'foreign');
    const { stdout, stderr } = await run(join(kitRoot, 'kit'), [
      'run',
      '--name',
      `foreign-${process.pid}`,
      prefix,
    ]);
    const expectLine = (line: string): void => expect(stdout, stderr).toContain(line);
    expectLine('writer: whiteouts: opaque/new');
    expectLine('writer: links: 2 names, the same file');
    expectLine('writer: owned: 4751 7 8');
    expectLine('writer: writable');
    expectLine('writer: secret: 640 101 42 hush');
    expectLine('writer: volume: from an image');
    expectLine('writer: blank: empty');
    expectLine('foreign-init: 000-writer ended with 0');
    expectLine('reader: read-only');
    expectLine('reader: the same image: opaque/new');
    expectLine('reader: volume: written by writer');
    expectLine('foreign-init: 001-reader ended with 3');
  } finally {
    await removeOddImage();
  }
});
