import { posix } from 'node:path';
import type { TarEntry } from '../archive/tar.ts';
import type { Work } from '../work.ts';
import { type LayerTar, layerIndex } from './layer-index.ts';

export type { LayerTar } from './layer-index.ts';

/** One path of an image, as the newest layer that has it says. */
export type TreeNode = Pick<TarEntry, 'path' | 'type' | 'mode' | 'uid' | 'gid' | 'linkname'>;

/** Paths without leading `/`. */
export type Tree = ReadonlyMap<string, TreeNode>;

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

/** As many as the kernel follows (path_resolution(7)). */
const linkLimit = 40;

/**
 * Where a path leads inside the tree when symlinks are followed, the last part too. Parts that are not there are kept
 * as they are; so is a path that runs in a circle.
 */
export function resolveIn(tree: Tree, path: string): string {
  let done: string[] = [];
  const todo = split(path);
  for (let links = 0; todo.length > 0 && links <= linkLimit; ) {
    const part = todo.shift() ?? '';
    if (part === '..') {
      done.pop();
      continue;
    }
    const node = tree.get([...done, part].join('/'));
    if (node?.type !== 'symlink') {
      done.push(part);
      continue;
    }
    links += 1;
    if (node.linkname.startsWith('/')) done = [];
    todo.unshift(...split(node.linkname));
  }
  return [...done, ...todo].join('/');
}

const split = (path: string): string[] => path.split('/').filter((part) => part !== '' && part !== '.');
