import type { ResolvedImage } from '../../cache/stored-image.ts';
import { Bodies } from '../../layers/bodies.ts';
import type { IndexedEntry } from '../../layers/layer-entries.ts';
import { mergedFiles } from '../../layers/merge.ts';
import { isIn } from '../../spec/oci/is-in.ts';
import { resolveIn, type Tree, type TreeNode } from '../../tree/tree.ts';
import type { Work } from '../../work.ts';
import type { ContainerMount } from '../entries/container-places.ts';

/** The files that a container will have, as far as the build knows them. */
export interface ContainerFiles {
  /**
   * What is at a path, links followed: `unknown` below a mount, whose files are those of the machine;
   * undefined for a path that does not exist.
   */
  at(path: string): FoundFile | 'unknown' | undefined;
}

export interface FoundFile {
  readonly type: TreeNode['type'];
  readonly mode: number;
  /** The first bytes of a file. */
  head(): Buffer;
}

/** Enough for the headers of an ELF program with its interpreter, and for the first line of a script. */
const headBytes = 4096;

/** The files of images, each read once; to be disposed of. */
export class ImageFiles implements Disposable {
  readonly #work: Work;
  readonly #bodies = new Bodies();
  readonly #known = new Map<string, Promise<ReadonlyMap<string, IndexedEntry>>>();

  constructor(work: Work) {
    this.#work = work;
  }

  /** Those that a container of an image has, below its mounts. Valid until this object is disposed of. */
  async of(image: ResolvedImage, mounts: readonly ContainerMount[]): Promise<ContainerFiles> {
    const known = this.#known.get(image.digest) ?? mergedFiles(image, this.#work);
    this.#known.set(image.digest, known);
    const entries = await known;
    return filesOf(entries, mounts, (path) => {
      const file = entries.get(path);
      if (file?.type !== 'file') return Buffer.alloc(0);
      const part = file.segments ? file : { ...file, size: Math.min(file.size, headBytes) };
      return this.#bodies.bytes(part).subarray(0, headBytes);
    });
  }

  [Symbol.dispose](): void {
    this.#bodies[Symbol.dispose]();
  }
}

/** @param head reads the first bytes of a file by its path in the tree */
export function filesOf(
  tree: Tree,
  mounts: readonly ContainerMount[],
  head: (path: string) => Buffer,
): ContainerFiles {
  const folders = foldersOf(tree);
  return {
    at(path) {
      const real = resolveIn(tree, path);
      if (mounts.some(({ destination }) => isIn(`/${real}`, destination) || isIn(path, destination)))
        return 'unknown';
      const node = tree.get(real);
      if (node && node.type !== 'symlink')
        return { type: node.type, mode: node.mode, head: () => head(real) };
      return folders.has(real) ? { type: 'directory', mode: 0o755, head: () => Buffer.alloc(0) } : undefined;
    },
  };
}

/** Archives may leave out the entries of folders. */
function foldersOf(tree: Tree): ReadonlySet<string> {
  const folders = new Set(['']);
  for (let path of tree.keys()) {
    while (!folders.has(path)) {
      path = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      if (folders.has(path)) break;
      folders.add(path);
    }
  }
  return folders;
}
