import { basename } from 'node:path';
import type { IndexedEntry } from '../layer-entries.ts';
import { childPath, isFolder, isOfBelow, nodeAt, type PathNode, parentOf, plainFolder } from './path-node.ts';

/** What a layer adds to the layers below it: no name in it has a meaning of its own any more. */
export interface LayerForm {
  /** Parents first. Paths with the same `entry` are hard links. */
  readonly files: readonly { readonly path: string; readonly entry: IndexedEntry }[];
  /** Paths of the layers below that are gone; there is no file of this layer at or below them. */
  readonly whiteouts: readonly string[];
  /**
   * In which ways the layers below decide what it is; empty for a layer that is the same over any others. Two
   * layers of the same archive with the same list are equal.
   */
  readonly adaptations: readonly string[];
  /**
   * Whether it removes something, or would if there were something, or makes a file a folder or the reverse.
   */
  readonly removes: boolean;
}

/** The tree after a layer, and the paths of lower layers that it has removed, as they were. */
export interface Removed {
  readonly root: PathNode;
  readonly layer: number;
  readonly gone: ReadonlyMap<string, PathNode>;
}

/** The whiteouts without which removed paths would show again. */
export function neededWhiteouts({ root, layer, gone }: Removed): Set<string> {
  const whiteouts = new Set<string>();
  const cover = (path: string, before: PathNode): void => {
    const now = nodeAt(root, path);
    if (!now) {
      const parent = nodeAt(root, parentOf(path));
      if (parent && isFolder(parent)) whiteouts.add(path);
    } else if (isFolder(now) && isFolder(before)) {
      for (const [name, child] of before.children)
        if (isOfBelow(child, layer)) cover(childPath(path, name), child);
    }
  };
  for (const [path, node] of gone) cover(path, node);
  return whiteouts;
}

/** Whether a folder is gone, or has come in the place of a file. */
export function changesKinds({ root, gone }: Removed): boolean {
  return [...gone].some(([path, before]) => {
    const now = nodeAt(root, path);
    return isFolder(before) || (now !== undefined && isFolder(now));
  });
}

/** The layer's own files; what folders take from the layers below is added to `adaptations`. */
export function layerFiles(root: PathNode, layer: number, adaptations: string[]): LayerForm['files'] {
  return [...ownNodes(root, root, layer)].map(({ path, entry, listedIn }) => {
    if (listedIn === layer) return { path, entry };
    // A folder's times say when its content changed, which is another time in each layer.
    const folder = { ...entry, mtime: 0, nanoseconds: 0 };
    const attributes = JSON.stringify(attributesOf(folder));
    if (attributes !== plainAttributes) adaptations.push(`folder ${path} ${attributes}`);
    return { path, entry: folder };
  });
}

function* ownNodes(folder: PathNode, root: PathNode, layer: number): Generator<PathNode> {
  if (folder.layer !== layer) return;
  if (folder !== root || folder.listedIn === layer) yield folder;
  for (const child of folder.children.values()) yield* ownNodes(child, root, layer);
}

const attributesOf = ({ mode, uid, gid, pax }: Omit<IndexedEntry, 'path'>) => [
  ...[mode, uid, gid],
  ...[...pax].map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
];

const plainAttributes = JSON.stringify(attributesOf(plainFolder));

/** Blobs are named after their digests, wherever the cache is. */
export const contentOf = (entry: IndexedEntry) => {
  const { type, mtime, size, linkname, devmajor, devminor, file, offset } = entry;
  return [type, mtime, size, linkname, devmajor, devminor, basename(file), offset, attributesOf(entry)];
};
