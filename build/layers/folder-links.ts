import { resolveIn, type Tree, type TreeNode } from '../tree/tree.ts';
import type { Work } from '../work.ts';
import { imageTree, type LayeredImage } from './image-stack.ts';

/** The symlinks to folders in any of the images: `lib` → `usr/lib`. */
export async function folderLinks(images: readonly LayeredImage[], work: Work): Promise<Tree> {
  const links = new Map<string, TreeNode>();
  for (const image of images) {
    const tree = await imageTree(image, work);
    for (const [path, node] of tree) {
      if (node.type !== 'symlink') continue;
      if (tree.get(resolveIn(tree, path))?.type === 'directory') links.set(path, node);
    }
  }
  return links;
}
