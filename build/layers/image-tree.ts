import { posix } from 'node:path';
import type { Tree, TreeNode } from '../tree/tree.ts';
import type { Work } from '../work/work.ts';
import { type LayerTar, layerIndex } from './layer-index.ts';

export type { LayerTar } from './layer-index.ts';

/** What the layers, lowest first, look like on top of each other: whiteouts applied, nothing of the contents read. */
export async function imageTree(layers: readonly LayerTar[], work: Work): Promise<Tree> {
  const tree = new Map<string, TreeNode>();
  for (const layer of layers) overlay(tree, await layerIndex(layer, work));
  return tree;
}

const whiteout = '.wh.';
const opaque = '.wh..wh..opq';

function overlay(tree: Map<string, TreeNode>, nodes: readonly TreeNode[]): void {
  // A whiteout speaks of the layers below, never of its own, in whatever order the tar has them.
  for (const { path } of nodes) {
    const [folder, name] = [posix.dirname(path), posix.basename(path)];
    if (name === opaque) removeBelow(tree, folder);
    else if (name.startsWith(whiteout)) {
      const target = posix.join(folder, name.slice(whiteout.length));
      tree.delete(target);
      removeBelow(tree, target);
    }
  }
  for (const node of nodes) {
    if (posix.basename(node.path).startsWith(whiteout) || node.path === '') continue;
    const before = tree.get(node.path);
    if (before?.type === 'directory' && node.type !== 'directory') removeBelow(tree, node.path);
    tree.set(node.path, node);
  }
}

function removeBelow(tree: Map<string, TreeNode>, folder: string): void {
  const prefix = folder === '.' ? '' : `${folder}/`;
  for (const path of tree.keys()) if (path.startsWith(prefix)) tree.delete(path);
}
