import { type TarEntry, tarBytes } from '../../../lib/archive/tar.ts';
import { defaultPath } from '../../../lib/process/default-path.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import type { Work } from '../../work.ts';
import type { OutputPlace } from '../output.ts';
import { oneLayerArchive } from './one-layer-archive.ts';

/**
 * The root file system as an image of one layer, for `docker load`, `podman load` and readers of OCI layouts
 * (image-layout.md). boot/ is left out, since a container needs no kernel.
 */
export function dockerArchive(
  image: BootImage,
  { name }: OutputPlace,
  work: Work,
): AsyncIterable<Uint8Array> {
  const { arch, containerCommand } = image;
  const config = { Env: [`PATH=${defaultPath}`], Entrypoint: containerCommand };
  return oneLayerArchive({ name, arch, config, layer: () => tarBytes(withoutBoot(image)) }, work);
}

async function* withoutBoot(image: BootImage): AsyncGenerator<TarEntry> {
  for await (const entry of image.tree()) if (!/^boot(?:\/|$)/.test(entry.path)) yield entry;
}
