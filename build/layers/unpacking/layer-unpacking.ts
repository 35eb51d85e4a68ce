import { basename } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Tree } from '../../tree/tree.ts';
import type { IndexedEntry } from '../layer-entries.ts';
import { withoutOverlayRecords } from './overlay-records.ts';
import { childPath, isFolder, newNode, nodeAt, type PathNode, partsOf, plainFolder } from './path-node.ts';
import { meaningOf } from './whiteout.ts';

/** As many links as the kernel follows (path_resolution(7)). */
const linkLimit = 40;

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

export interface LayerPlace {
  /** Of the layers below, lowest first; `layer` counts them. */
  readonly root: PathNode;
  readonly layer: number;
  /** Name of the image in messages. */
  readonly image: string;
  /**
   * Links to folders that stay links, whatever the layer has there: a folder at such a path goes where the
   * link points.
   */
  readonly links?: Tree | undefined;
}

/**
 * Unpacks the entries of one layer, in their order, over the tree of the layers below, which it changes. The
 * rules are those of OCI image-spec layer.md, and where it is silent those of engines that unpack into one
 * folder:
 *
 * - Whiteouts and opaque marks hide lower layers, never their own, wherever they stand.
 * - The last entry of a path counts. A folder over a folder keeps its content; all else replaces what is
 *   there.
 * - Links of the same layer on the way to a path are followed, inside the root. One of a lower layer is
 *   replaced by a folder, as by engines that unpack each layer for itself: containerd and Docker.
 * - A hard link is another name of what its target is at that moment.
 * - Parents that the archive does not list are made; they keep the attributes that lower layers give them.
 * - A character device 0:0 is what overlayfs takes for a whiteout, so it is one.
 */
export class LayerUnpacking {
  readonly #root: PathNode;
  readonly #layer: number;
  readonly #image: string;
  readonly #links: Tree;
  /** Paths of lower layers that were removed, as they were. */
  readonly #gone = new Map<string, PathNode>();
  /** Paths that the archive's whiteouts name. */
  readonly #whiteouts = new Set<string>();
  /** Entries that are no files of the image, which hard links may still name. */
  readonly #aside = new Map<string, IndexedEntry>();
  readonly #adaptations: string[] = [];
  readonly #listed: PathNode[] = [];

  #opaque = false;

  constructor({ root, layer, image, links = new Map() }: LayerPlace) {
    this.#root = root;
    this.#layer = layer;
    this.#image = image;
    this.#links = links;
  }

  /** Nodes in the order of the archive, among them some that later entries have replaced. */
  get listed(): readonly PathNode[] {
    return this.#listed;
  }

  /** @throws KitError for an entry that no program can unpack */
  add(entry: IndexedEntry): void {
    const meaning = meaningOf(entry.path);
    if (meaning.kind !== 'file') this.#aside.set(entry.path, this.#file(entry));
    if (meaning.kind === 'opaque') {
      this.#opaque = true;
      this.#hideContent(nodeAt(this.#root, this.#follow(meaning.folder, entry)));
    }
    if (meaning.kind === 'whiteout') this.#hide(childPath(this.#follow(meaning.folder, entry), meaning.name));
    if (meaning.kind === 'file') this.#put(entry);
  }

  /** Ends the layer. */
  finish(): LayerForm {
    const whiteouts = new Set<string>();
    for (const [path, node] of this.#gone) this.#cover(path, node, whiteouts);
    for (const path of whiteouts) this.#makeFolder(parentOf(path), path);
    for (const path of this.#whiteouts) {
      if (!whiteouts.has(path) && nodeAt(this.#root, path)?.layer !== this.#layer)
        this.#adaptations.push(`nothing to remove at ${path}`);
    }
    for (const path of whiteouts) if (!this.#whiteouts.has(path)) this.#adaptations.push(`remove ${path}`);
    const files = [...this.#ownNodes(this.#root)].map((node) => this.#outcome(node));
    const removes = this.#opaque || this.#whiteouts.size > 0 || this.#changesKinds();
    return { files, whiteouts: [...whiteouts], adaptations: this.#adaptations, removes };
  }

  #put(entry: IndexedEntry): void {
    const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
    const path = entry.path === '' ? '' : childPath(this.#follow(parentOf(entry.path), entry), name);
    const file = this.#file(entry);
    if (file.type === 'directory' && this.#links.has(path)) {
      this.#adaptations.push(`${path} stays a link`);
      return;
    }
    const parent = path === '' ? undefined : this.#makeFolder(parentOf(path), entry.path);
    if (parent && isWhiteoutDevice(file)) {
      this.#removeOwn(path);
      this.#hide(path);
      return;
    }
    const before = nodeAt(this.#root, path);
    if (before && isFolder(before) && file.type === 'directory') {
      this.#touch(before);
      before.entry = file;
      before.listedIn = this.#layer;
      this.#listed.push(before);
    } else if (!parent) throw this.#wrong(`its root is no folder but a ${file.type}`);
    else {
      if (before) this.#remove(before);
      const made = newNode(path, file, this.#layer, this.#layer);
      parent.children.set(name, made);
      this.#listed.push(made);
    }
  }

  /** The file that an entry is, or is another name of. */
  #file(entry: IndexedEntry): IndexedEntry {
    if (entry.type !== 'hardlink') return withoutOverlayRecords(entry);
    const aside = this.#aside.get(entry.linkname);
    const target = aside ? undefined : this.#target(entry);
    const found = aside ?? target?.entry;
    // Whiteouts go by their names: what they link to does not matter.
    if (meaningOf(entry.path).kind !== 'file')
      return found ?? { ...plainFolder, type: 'file', mode: 0o644, path: entry.path };
    const is = `"${entry.path}" is a hard link to "${entry.linkname}"`;
    if (!found) throw this.#wrong(`${is}, which it does not have`);
    if (found.type === 'directory') throw this.#wrong(`${is}, which is a folder`);
    if (!target || target.layer === this.#layer) return found;
    // Another name of a file of a lower layer is a copy: each layer is a file system of its own.
    this.#adaptations.push(`copy ${entry.path} ${JSON.stringify(contentOf(found))}`);
    return { ...found };
  }

  #target(entry: IndexedEntry): PathNode | undefined {
    const { linkname } = entry;
    const name = linkname.slice(linkname.lastIndexOf('/') + 1);
    return nodeAt(this.#root, childPath(this.#follow(parentOf(linkname), entry), name));
  }

  /** Where a folder's path leads. Parts that do not exist are kept. */
  #follow(folder: string, { path }: IndexedEntry): string {
    if (folder === '') return '';
    let nodes: (PathNode | undefined)[] = [this.#root];
    let done: string[] = [];
    const todo = partsOf(folder);
    for (let links = 0; todo.length > 0; ) {
      const part = todo.shift() ?? '';
      if (part === '..') {
        done.pop();
        if (nodes.length > 1) nodes.pop();
        continue;
      }
      const node = nodes.at(-1)?.children.get(part);
      const target = this.#linkTarget(node, [...done, part].join('/'), path);
      if (target === undefined) {
        done.push(part);
        nodes.push(node);
        continue;
      }
      links += 1;
      if (links > linkLimit) throw this.#wrong(`"${path}" lies below links that lead in a circle`);
      if (target.startsWith('/')) [nodes, done] = [[this.#root], []];
      todo.unshift(...partsOf(target));
    }
    return done.join('/');
  }

  /**
   * Where the link at a path points; undefined for all else. @param below the entry whose path leads there
   */
  #linkTarget(node: PathNode | undefined, path: string, below: string): string | undefined {
    if (node?.entry.type === 'symlink' && node.layer === this.#layer) return node.entry.linkname;
    const kept = this.#links.get(path)?.linkname;
    if (kept !== undefined) this.#adaptations.push(`${below} through ${path} ${kept}`);
    return kept;
  }

  /** @param path of the entry, for messages */
  #makeFolder(folder: string, path: string): PathNode {
    let node = this.#root;
    this.#touch(node);
    for (const name of partsOf(folder)) {
      let child = node.children.get(name);
      if (child && !isFolder(child)) {
        if (child.layer === this.#layer)
          throw this.#wrong(`"${path}" lies below "${child.path}", which is no folder`);
        this.#remove(child);
        child = undefined;
      }
      if (!child) {
        const made = childPath(node.path, name);
        child = newNode(made, { ...plainFolder, path: made }, this.#layer, -1);
        node.children.set(name, child);
      }
      this.#touch(child);
      node = child;
    }
    return node;
  }

  /** Makes a folder one of this layer, too. */
  #touch(folder: PathNode): void {
    if (folder.layer === this.#layer) return;
    folder.layer = this.#layer;
    folder.merges = true;
  }

  #hide(path: string): void {
    this.#whiteouts.add(path);
    this.#hideNode(nodeAt(this.#root, path));
  }

  /** Hides what lower layers have at a node; the root itself stays. */
  #hideNode(node: PathNode | undefined): void {
    if (!node || node === this.#root) return;
    if (node.layer < this.#layer) {
      this.#remove(node);
      return;
    }
    // It may be replaced later, and come again without what is in it now.
    if (node.merges) this.#gone.set(node.path, { ...node, children: new Map(node.children) });
    this.#hideContent(node);
    if (node.merges && node.listedIn < this.#layer) {
      node.entry = { ...plainFolder, path: node.path };
      node.listedIn = -1;
    }
    node.merges = false;
  }

  #hideContent(folder: PathNode | undefined): void {
    for (const child of [...(folder?.children.values() ?? [])]) this.#hideNode(child);
  }

  #removeOwn(path: string): void {
    const node = nodeAt(this.#root, path);
    if (node && node !== this.#root && node.layer === this.#layer) this.#remove(node);
  }

  #remove(node: PathNode): void {
    if (isOfBelow(node, this.#layer)) this.#gone.set(node.path, node);
    const parent = nodeAt(this.#root, parentOf(node.path));
    parent?.children.delete(node.path.slice(node.path.lastIndexOf('/') + 1));
  }

  /** Adds the whiteouts without which a removed node would show again. */
  #cover(path: string, gone: PathNode, whiteouts: Set<string>): void {
    const now = nodeAt(this.#root, path);
    if (!now) {
      const parent = nodeAt(this.#root, parentOf(path));
      if (parent && isFolder(parent)) whiteouts.add(path);
    } else if (isFolder(now) && isFolder(gone)) {
      for (const [name, child] of gone.children)
        if (isOfBelow(child, this.#layer)) this.#cover(childPath(path, name), child, whiteouts);
    }
  }

  #changesKinds(): boolean {
    return [...this.#gone].some(([path, gone]) => {
      const now = nodeAt(this.#root, path);
      return isFolder(gone) || (now !== undefined && isFolder(now));
    });
  }

  *#ownNodes(folder: PathNode): Generator<PathNode> {
    if (folder.layer !== this.#layer) return;
    if (folder !== this.#root || folder.listedIn === this.#layer) yield folder;
    for (const child of folder.children.values()) yield* this.#ownNodes(child);
  }

  #outcome({ path, entry, listedIn }: PathNode): LayerForm['files'][number] {
    if (listedIn === this.#layer) return { path, entry };
    // A folder's times say when its content changed, which is another time in each layer.
    const folder = { ...entry, mtime: 0, nanoseconds: 0 };
    const attributes = JSON.stringify(attributesOf(folder));
    if (attributes !== plainAttributes) this.#adaptations.push(`folder ${path} ${attributes}`);
    return { path, entry: folder };
  }

  #wrong(why: string): KitError {
    return new KitError(`Cannot use image "${this.#image}": ${why}`);
  }
}

const isWhiteoutDevice = ({ type, devmajor, devminor }: IndexedEntry): boolean =>
  type === 'char' && devmajor === 0 && devminor === 0;

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

const isOfBelow = ({ layer, merges }: PathNode, current: number): boolean => layer < current || merges;

const attributesOf = ({ mode, uid, gid, pax }: Omit<IndexedEntry, 'path'>) => [
  ...[mode, uid, gid],
  ...[...pax].map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
];

const plainAttributes = JSON.stringify(attributesOf(plainFolder));

/** Blobs are named after their digests, wherever the cache is. */
const contentOf = (entry: IndexedEntry) => {
  const { type, mtime, size, linkname, devmajor, devminor, file, offset } = entry;
  return [type, mtime, size, linkname, devmajor, devminor, basename(file), offset, attributesOf(entry)];
};
