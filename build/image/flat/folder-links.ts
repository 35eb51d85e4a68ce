import { posix } from 'node:path';
import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { imageTree } from '../../layers/image-tree.ts';
import { resolveIn, type Tree, type TreeNode } from '../../tree/tree.ts';
import type { Work } from '../../work.ts';

/** The symlinks to folders in any of the init images: `lib` → `usr/lib`. */
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
 * Moves entries to where the links point. Some images have /lib as a folder, kernels have their modules
 * there, and other images have /lib as a link. LinuxKit writes both: unpacking lets the folder replace the
 * link, and the C library is lost. Here the link stays, and the folder's entries go where it points.
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
