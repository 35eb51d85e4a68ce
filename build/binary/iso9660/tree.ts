import { nameLength } from '../../../lib/archive/file-names.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { FinalEntry } from '../../tree/final-entries.ts';
import { uniqueIds } from './names.ts';

/** A file, which several names may link to, or a folder. */
export interface Inode {
  readonly entry: FinalEntry;
  /** Number of hard links; for a folder 2, and one for each folder in it. */
  links: number;
  /** First block of the content; 0 for none. */
  block: number;
}

export interface FileNode {
  /** The Rock Ridge name, at most 253 bytes, since Linux cuts longer ones. */
  readonly name: string;
  /** The ISO 9660 identifier: `KERNEL.;1`. */
  readonly id: string;
  readonly inode: Inode;
}

export interface FolderNode extends FileNode {
  /** The root is its own. */
  readonly parent: FolderNode;
  /** Sorted by id. */
  readonly children: readonly (FileNode | FolderNode)[];
}

export const isFolder = (node: FileNode | FolderNode): node is FolderNode => 'children' in node;

/** rock.c stops reading a name at 254 bytes. */
const nameLimit = 253;
/** Path tables number folders with 16 bits. */
const folderLimit = 65_535;

/**
 * The folders of a volume in the order of its path tables: by depth, then parent, then id (ECMA-119 6.9.1).
 * The first one is the root.
 */
export function folders(tree: ReadonlyMap<string, FinalEntry>): FolderNode[] {
  const names = childNames(tree);
  const inodes = inodesOf(tree);
  const root = folderNode('', '', '\0', inodes);
  const ordered = [root];
  // Grows during the loop, so that folders come in breadth-first order.
  for (const { folder, path } of ordered) {
    const all = names.get(path) ?? [];
    for (const { name, id, isDirectory } of uniqueIds(all, (one) => isFolderAt(one, path, tree))) {
      checkName(name);
      const below = path === '' ? name : `${path}/${name}`;
      if (!isDirectory) folder.children.push({ name, id, inode: inodeAt(below, inodes) });
      else {
        const child = folderNode(below, name, id, inodes, folder);
        folder.children.push(child.folder);
        folder.inode.links += 1;
        ordered.push(child);
      }
    }
  }
  if (ordered.length > folderLimit) {
    throw new KitError(
      `Cannot write an ISO of ${ordered.length} folders: at most ${folderLimit} can be numbered`,
    );
  }
  return ordered.map(({ folder }) => folder);
}

interface OpenFolder {
  readonly path: string;
  readonly folder: { -readonly [K in keyof Omit<FolderNode, 'children'>]: FolderNode[K] } & {
    children: (FileNode | FolderNode)[];
  };
}

function folderNode(
  path: string,
  name: string,
  id: string,
  inodes: ReadonlyMap<string, Inode>,
  parent?: FolderNode,
): OpenFolder {
  const inode = inodeAt(path, inodes);
  inode.links = 2;
  const folder: { parent?: FolderNode } & Omit<OpenFolder['folder'], 'parent'> = {
    name,
    id,
    inode,
    children: [],
  };
  folder.parent = parent ?? (folder as FolderNode);
  return { path, folder: folder as OpenFolder['folder'] };
}

function childNames(tree: ReadonlyMap<string, FinalEntry>): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const path of tree.keys()) {
    if (path === '') continue;
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? '' : path.slice(0, slash);
    const siblings = names.get(folder);
    if (siblings) siblings.push(path.slice(slash + 1));
    else names.set(folder, [path.slice(slash + 1)]);
  }
  return names;
}

const isFolderAt = (name: string, folder: string, tree: ReadonlyMap<string, FinalEntry>): boolean =>
  tree.get(folder === '' ? name : `${folder}/${name}`)?.type === 'directory';

/** Hard links share the inode of their target. */
function inodesOf(tree: ReadonlyMap<string, FinalEntry>): Map<string, Inode> {
  const inodes = new Map<string, Inode>();
  for (const [path, entry] of tree)
    if (entry.type !== 'hardlink') inodes.set(path, { entry, links: 1, block: 0 });
  for (const [path, entry] of tree) {
    if (entry.type !== 'hardlink') continue;
    const target = inodes.get(linkEnd(entry, tree));
    if (!target || target.entry.type === 'directory') {
      throw new KitError(`Cannot put hard link "${path}" into the ISO: there is no file "${entry.linkname}"`);
    }
    target.links += 1;
    inodes.set(path, target);
  }
  return inodes;
}

/** The path that a chain of hard links ends at. */
function linkEnd(entry: FinalEntry, tree: ReadonlyMap<string, FinalEntry>): string {
  let at = entry;
  for (let steps = 0; at.type === 'hardlink' && steps < 40; steps += 1) {
    const next = tree.get(at.linkname);
    if (!next) break;
    at = next;
  }
  return at.type === 'hardlink' ? at.linkname : at.path;
}

function inodeAt(path: string, inodes: ReadonlyMap<string, Inode>): Inode {
  const inode = inodes.get(path);
  if (!inode) throw new Error(`no inode for "${path}"`);
  return inode;
}

function checkName(name: string): void {
  if (nameLength(name) <= nameLimit) return;
  const why = `its name is longer than the ${nameLimit} bytes that Linux reads`;
  throw new KitError(`Cannot put "${name.slice(0, 60)}…" into an ISO: ${why}`);
}
