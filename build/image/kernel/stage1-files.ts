import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Digest } from '../../../lib/oci/types.ts';
import { derivedFolder } from '../../cache/derived.ts';
import { Bodies } from '../../layers/bodies.ts';
import type { LayeredImage } from '../../layers/image-stack.ts';
import { mergedFiles } from '../../layers/merge.ts';
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
  image: LayeredImage & { readonly digest: Digest },
  work: Work,
): Promise<Stage1> {
  const folder = await derivedFolder(work, `stage1 3 ${image.digest}`, async (made) => {
    const files = await mergedFiles(image, work);
    using bodies = new Bodies();
    for (const [name, path] of Object.entries(paths)) {
      const found = files.get(resolveIn(files, path));
      if (found?.type !== 'file') throw new KitError(`Cannot find "${path}" in init image "${image.name}"`);
      await writeFile(join(made, name), bodies.bytes(found));
    }
  });
  const piece = (name: string): FilePiece => ({
    file: join(folder, name),
    bytes: statSync(join(folder, name)).size,
  });
  return { init: piece('init'), busybox: piece('busybox'), medium: piece('medium'), shell: piece('shell') };
}
