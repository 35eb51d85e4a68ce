import type { TarEntry } from '../../../lib/archive/tar.ts';
import { resolveIn, type Tree } from '../../tree/tree.ts';
import { folderLike, parentsOf } from './folders.ts';

/** Entries that a tree lacks. Symbolic links of the tree are followed; what it has stays as it is. */
export class MissingEntries {
  readonly #tree: Tree;
  readonly #entries = new Map<string, TarEntry>();

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  /** Adds an entry, and the folders above it with the mode and owner that they have in the tree. */
  add(path: string, make: (path: string) => TarEntry): void {
    const target = resolveIn(this.#tree, path);
    if (target === '' || this.#tree.has(target) || this.#entries.has(target)) return;
    for (const parent of parentsOf(target))
      if (!this.#entries.has(parent)) this.#entries.set(parent, folderLike(this.#tree, parent));
    this.#entries.set(target, make(target));
  }

  /** Parents first. */
  sorted(): TarEntry[] {
    return [...this.#entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}
