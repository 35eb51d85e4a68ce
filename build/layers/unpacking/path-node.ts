import type { IndexedEntry } from '../layer-entries.ts';

/** A path of an image's tree while its layers are unpacked one over another. */
export interface PathNode {
  readonly path: string;
  /** Paths that share it are hard links to one file. Its type is never `hardlink`. */
  entry: IndexedEntry;
  /** Only folders have any. */
  readonly children: Map<string, PathNode>;
  /** Number of the newest layer that has this path, or something below it. */
  layer: number;
  /** Number of the newest layer with an entry for it; -1 for a parent folder that no layer lists. */
  listedIn: number;
  /** A folder of `layer` that shows what lower layers have in it. */
  merges: boolean;
}

export const isFolder = ({ entry }: PathNode): boolean => entry.type === 'directory';

export const childPath = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Whether a path shows something of the layers below the current one. */
export const isOfBelow = ({ layer, merges }: PathNode, current: number): boolean => layer < current || merges;

export const partsOf = (path: string): string[] =>
  path.split('/').filter((part) => part !== '' && part !== '.');

/** The node of a path, without following links. */
export function nodeAt(root: PathNode, path: string): PathNode | undefined {
  let node: PathNode | undefined = root;
  for (const part of partsOf(path)) node = node?.children.get(part);
  return node;
}

/** All nodes below one, parents first. */
export function* nodesBelow(folder: PathNode): Generator<PathNode> {
  for (const child of folder.children.values()) {
    yield child;
    yield* nodesBelow(child);
  }
}

/** The attributes of a folder that is there because something lies in it. */
export const plainFolder: Omit<IndexedEntry, 'path'> = {
  ...{ type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0, nanoseconds: 0, linkname: '' },
  ...{ devmajor: 0, devminor: 0, pax: new Map(), file: '', offset: 0 },
};

export function newNode(path: string, entry: IndexedEntry, layer: number, listedIn: number): PathNode {
  return { path, entry, children: new Map(), layer, listedIn, merges: false };
}
