import type { TarEntry } from '../../lib/archive/tar.ts';

/** One path of an image, as the newest layer that has it says. */
export type TreeNode = Pick<TarEntry, 'path' | 'type' | 'mode' | 'uid' | 'gid' | 'linkname'>;

/** Paths without leading `/`. */
export type Tree = ReadonlyMap<string, TreeNode>;

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
