import { posix } from 'node:path';
import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { imageTree } from '../../layers/image-tree.ts';
import { resolveIn, type Tree, type TreeNode } from '../../tree/tree.ts';
import type { Work } from '../../work/work.ts';

/** The links to folders that init images have, `lib` → `usr/lib`: those of all of them together. */
export async function folderLinks(images: readonly ResolvedImage[], work: Work): Promise<Tree> {
  const links = new Map<string, TreeNode>();
  for (const { layers } of images) {
    const tree = await imageTree(layers, work);
    for (const [path, node] of tree) {
      if (node.type !== 'symlink') continue;
      if (tree.get(resolveIn(tree, path))?.type === 'directory') links.set(path, node);
    }
  }
  return links;
}

/**
 * The entries where the links lead. Images with /lib as a folder, and kernels with their modules there, meet images with
 * /lib as a link: LinuxKit writes both, and whatever unpacks them lets the folder take the place of the link, with which
 * the C library is lost. Here the link stays, and what is below the folder goes where it points.
 */
export async function* throughLinks(entries: AsyncIterable<TarEntry>, links: Tree): AsyncGenerator<TarEntry> {
  const moved = (path: string): string =>
    posix.join(resolveIn(links, posix.dirname(path)), posix.basename(path));
  for await (const entry of entries) {
    const path = moved(entry.path);
    if (entry.type === 'directory' && links.has(path)) continue;
    const linkname = entry.type === 'hardlink' ? moved(entry.linkname) : entry.linkname;
    yield { ...entry, path, linkname };
  }
}
