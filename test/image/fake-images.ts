import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResolvedImage } from '../../build/cache/stored-image.ts';
import type { ImageOf } from '../../build/images/manifest-images.ts';
import { type TarEntry, tarEntry, textEntry, writeTar } from '../../lib/archive/tar.ts';
import { configLabel, type ImageConfig, layoutLabel } from '../../lib/oci/types.ts';

const release = '6.12.0-fake';
const modules = `usr/lib/modules/${release}`;
const folder = (path: string): TarEntry => tarEntry({ path, type: 'directory' });

const kernelTar = [
  folder('usr'),
  folder('usr/lib'),
  folder('usr/lib/modules'),
  folder(modules),
  textEntry(`${modules}/erofs.ko.xz`, 'erofs module'),
  textEntry(`${modules}/loop.ko.xz`, 'loop module'),
  textEntry(`${modules}/modules.alias`, 'alias pci:v1 loop\n'),
  textEntry(`${modules}/modules.dep`, 'erofs.ko.xz: loop.ko.xz\nloop.ko.xz:\noverlay.ko.xz:\n'),
];

/**
 * Images small enough to assemble in a second: a kernel with two modules, an init, a service on a shared
 * layer.
 */
export async function fakeImages(dir: string): Promise<ImageOf> {
  mkdirSync(dir, { recursive: true });
  const image = async (name: string, config: ImageConfig['config'], ...layers: TarEntry[][]) =>
    [name, await imageOf(dir, name, config, layers)] as const;
  await writeTar(join(dir, 'kernel.tar'), kernelTar);
  const shared = [folder('usr'), folder('usr/bin'), textEntry('usr/bin/node', 'runtime', 0o755)];
  const images = new Map([
    await image('kernel', {}, [
      textEntry('kernel', 'KERNEL'),
      textEntry('kernel.tar', await readFile(join(dir, 'kernel.tar'))),
    ]),
    await image('init', { Labels: { [layoutLabel]: 'layered' } }, shared, [
      textEntry('usr/lib/kit/stage1/init', '#!/bin/busybox sh\n', 0o755),
      textEntry('usr/lib/kit/stage1/medium', '# the medium\n', 0o644),
      textEntry('usr/lib/kit/stage1/shell', '# the shell\n', 0o644),
      textEntry('usr/bin/busybox', 'BUSYBOX', 0o755),
    ]),
    await image('other-init', {}, shared),
    await image(
      'web',
      { Cmd: ['/usr/bin/node'], Labels: { [configLabel]: '{"binds":["/run/x:/run/x"]}' } },
      shared,
      [textEntry('service/main.mjs', 'program')],
    ),
  ]);
  return ({ value }) => images.get(value.text) ?? expectImage(value.text);
}

function expectImage(name: string): never {
  throw new Error(`no fake image ${name}`);
}

let made = 0;

/** Writes an image of these layers, lowest first, with the archives in `dir`. */
export async function imageOf(
  dir: string,
  name: string,
  config: ImageConfig['config'],
  contents: TarEntry[][],
): Promise<ResolvedImage> {
  const layers = [];
  for (const entries of contents) {
    made += 1;
    const path = join(dir, `layer-${made}.tar`);
    const { digest, size } = await writeTar(path, entries);
    layers.push({ diffId: digest, path, bytes: size, annotations: {} });
  }
  const rootfs = { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) } as const;
  const digest = layers.at(-1)?.diffId ?? 'sha256:';
  return { name, digest, layers, config: { architecture: 'amd64', os: 'linux', config, rootfs } };
}
