import type { TarEntry } from '../../lib/archive/tar.ts';

/**
 * Entries in the order in which they would be unpacked; each call walks them anew, with bodies that can be
 * read.
 */
export type TreeWalk = () => Iterable<TarEntry> | AsyncIterable<TarEntry>;

/** A path of an image, as the newest layer that has it defines it. */
export type TreeNode = Pick<TarEntry, 'path' | 'type' | 'mode' | 'uid' | 'gid' | 'linkname'>;

/** By path, without leading `/`. */
export type Tree = ReadonlyMap<string, TreeNode>;

/** As many as the kernel follows (path_resolution(7)). */
const linkLimit = 40;

/**
 * Resolves the symlinks of a path inside the tree, the last part's too. Parts that do not exist, and a path
 * with a loop of links, are kept as they are.
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
