import type { ResolvedImage } from '../../cache/stored-image.ts';
import { Bodies } from '../../layers/bodies.ts';
import { mergedLayers } from '../../layers/merge.ts';
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

/** Runs `use` with the files of an image below these mounts. */
export async function withContainerFiles<T>(
  image: ResolvedImage,
  mounts: readonly ContainerMount[],
  work: Work,
  use: (files: ContainerFiles) => T,
): Promise<T> {
  const entries = new Map((await mergedLayers(image.layers, work)).map((entry) => [entry.path, entry]));
  using bodies = new Bodies();
  return use(
    filesOf(entries, mounts, (path) => {
      const found = entries.get(path);
      const file = found?.source ?? found;
      if (file?.type !== 'file') return Buffer.alloc(0);
      const part = file.segments ? file : { ...file, size: Math.min(file.size, headBytes) };
      return bodies.bytes(part).subarray(0, headBytes);
    }),
  );
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
      if (mounts.some(({ destination }) => isAt(`/${real}`, destination) || isAt(path, destination)))
        return 'unknown';
      const node = tree.get(real);
      // A hard link is a file; what it leads to has the mode.
      if (node)
        return { ...node, type: node.type === 'hardlink' ? 'file' : node.type, head: () => head(real) };
      return folders.has(real) ? { type: 'directory', mode: 0o755, head: () => Buffer.alloc(0) } : undefined;
    },
  };
}

const isAt = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

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
