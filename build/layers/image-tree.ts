import type { Tree, TreeNode } from '../tree/tree.ts';
import type { Work } from '../work.ts';
import { type LayerTar, layerEntries } from './layer-entries.ts';
import { whiteoutOf } from './whiteout.ts';

/** The tree of an image with these layers, lowest first: whiteouts are applied, and no contents are read. */
export async function imageTree(layers: readonly LayerTar[], work: Work): Promise<Tree> {
  const tree = new Map<string, TreeNode>();
  for (const layer of layers) overlay(tree, await layerEntries(layer, work));
  return tree;
}

function overlay(tree: Map<string, TreeNode>, nodes: readonly TreeNode[]): void {
  // A whiteout applies to the layers below, never to its own, whatever the order of the entries.
  for (const { path } of nodes) {
    const whiteout = whiteoutOf(path);
    if (!whiteout) continue;
    if (whiteout.kind === 'file') tree.delete(whiteout.path);
    removeBelow(tree, whiteout.path);
  }
  for (const node of nodes) {
    if (whiteoutOf(node.path) || node.path === '') continue;
    const before = tree.get(node.path);
    if (before?.type === 'directory' && node.type !== 'directory') removeBelow(tree, node.path);
    tree.set(node.path, node);
  }
}

function removeBelow(tree: Map<string, TreeNode>, folder: string): void {
  const prefix = folder === '' ? '' : `${folder}/`;
  for (const path of tree.keys()) if (path.startsWith(prefix)) tree.delete(path);
}
