import { createReadStream, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bodyBytes, readTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Digest } from '../../../lib/oci/types.ts';
import { derivedFolder } from '../../cache/derived.ts';
import { imageTree } from '../../layers/image-tree.ts';
import type { LayerTar } from '../../layers/layer-entries.ts';
import type { FilePiece } from '../../pieces/piece.ts';
import { resolveIn } from '../../tree/tree.ts';
import type { Work } from '../../work.ts';

/** Stage 1, the first program of the initrd: a script that the kernel starts, and the shell that runs it. */
export interface Stage1 {
  readonly init: FilePiece;
  readonly busybox: FilePiece;
  /** The part of the script that finds a medium; present when the root is on one. */
  readonly medium: FilePiece;
  /** The part that opens a shell after a failure when `kit.shell` is on the kernel's command line. */
  readonly shell: FilePiece;
}

const paths = {
  init: '/usr/lib/kit/stage1/init',
  medium: '/usr/lib/kit/stage1/medium',
  shell: '/usr/lib/kit/stage1/shell',
  busybox: '/usr/bin/busybox',
} as const;

/** Extracts stage 1 from kit's init image into the cache, once for each image. */
export async function stage1Files(
  image: { readonly name: string; readonly digest: Digest; readonly layers: readonly LayerTar[] },
  work: Work,
): Promise<Stage1> {
  const folder = await derivedFolder(work, `stage1 3 ${image.digest}`, async (made) => {
    const tree = await imageTree(image.layers, work);
    for (const [name, path] of Object.entries(paths)) {
      const found = await fileBytes(image.layers, resolveIn(tree, path));
      if (!found) throw new KitError(`Cannot find "${path}" in init image "${image.name}"`);
      await writeFile(join(made, name), found);
    }
  });
  const piece = (name: string): FilePiece => ({
    file: join(folder, name),
    bytes: statSync(join(folder, name)).size,
  });
  return { init: piece('init'), busybox: piece('busybox'), medium: piece('medium'), shell: piece('shell') };
}

async function fileBytes(layers: readonly LayerTar[], path: string): Promise<Buffer | undefined> {
  for (const layer of layers.toReversed()) {
    for await (const entry of readTar(createReadStream(layer.path, { highWaterMark: 1 << 20 }), layer.path)) {
      if (entry.path === path && entry.type === 'file') return bodyBytes(entry);
      // busybox's programs may be hard links to one file, which then lies in the same layer.
      if (entry.path === path && entry.type === 'hardlink') return fileBytes([layer], entry.linkname);
    }
  }
  return undefined;
}
