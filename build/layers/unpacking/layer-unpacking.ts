import { KitError } from '../../../lib/errors/errors.ts';
import type { Tree } from '../../tree/tree.ts';
import type { IndexedEntry } from '../layer-entries.ts';
import { followLinks } from './follow-links.ts';
import { changesKinds, contentOf, type LayerForm, layerFiles, neededWhiteouts } from './layer-form.ts';
import { withoutOverlayRecords } from './overlay-records.ts';
import {
  childPath,
  isFolder,
  isOfBelow,
  newNode,
  nodeAt,
  type PathNode,
  parentOf,
  partsOf,
  plainFolder,
} from './path-node.ts';
import { meaningOf } from './whiteout.ts';

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
    const removed = { root: this.#root, layer: this.#layer, gone: this.#gone };
    const whiteouts = neededWhiteouts(removed);
    for (const path of whiteouts) this.#makeFolder(parentOf(path), path);
    for (const path of this.#whiteouts) {
      if (!whiteouts.has(path) && nodeAt(this.#root, path)?.layer !== this.#layer)
        this.#adaptations.push(`nothing to remove at ${path}`);
    }
    for (const path of whiteouts) if (!this.#whiteouts.has(path)) this.#adaptations.push(`remove ${path}`);
    const files = layerFiles(this.#root, this.#layer, this.#adaptations);
    const removes = this.#opaque || this.#whiteouts.size > 0 || changesKinds(removed);
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

  /** Where a folder's path leads; the path of an entry is for messages. */
  #follow(folder: string, { path }: IndexedEntry): string {
    const led = followLinks(this.#root, folder, (node, at) => this.#linkTarget(node, at, path));
    if (led === undefined) throw this.#wrong(`"${path}" lies below links that lead in a circle`);
    return led;
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

  #wrong(why: string): KitError {
    return new KitError(`Cannot use image "${this.#image}": ${why}`);
  }
}

const isWhiteoutDevice = ({ type, devmajor, devminor }: IndexedEntry): boolean =>
  type === 'char' && devmajor === 0 && devminor === 0;
