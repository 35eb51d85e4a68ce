import { posix } from 'node:path';
import { type TarEntry, tarEntry } from '../../lib/archive/tar.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { resolveIn } from './tree.ts';

/** Entries in an order that a person might unpack them in; each call walks them anew. */
export type TreeWalk = () => Iterable<TarEntry> | AsyncIterable<TarEntry>;

/** What a path is in the end. The body is in the walk: the entry of number `at`. */
export interface FinalEntry extends Omit<TarEntry, 'body'> {
  /** -1 for a folder that no entry speaks of. */
  readonly at: number;
}

/**
 * What unpacking the entries would leave behind: of a path that comes twice the last one counts (a folder keeps what is
 * in it), what lies below a symlink goes where the link leads, and folders that nobody mentions are there all the same.
 * The root, '', is first.
 */
export async function finalEntries(walk: TreeWalk): Promise<Map<string, FinalEntry>> {
  const tree = new Map<string, FinalEntry>([['', { ...tarEntry({ path: '', type: 'directory' }), at: -1 }]]);
  let at = 0;
  for await (const { body: _, ...entry } of walk()) {
    const path = placeOf(entry.path, tree);
    makeParents(path, tree);
    const before = tree.get(path);
    if (before?.type === 'directory' && entry.type !== 'directory') removeBelow(path, tree);
    const linkname = entry.type === 'hardlink' ? placeOf(entry.linkname, tree) : entry.linkname;
    tree.set(path, { ...entry, path, linkname, at });
    at += 1;
  }
  return tree;
}

/** The walk itself, cleared up: each path once, parents first. */
export async function* finalWalk(walk: TreeWalk): AsyncGenerator<TarEntry> {
  const tree = await finalEntries(walk);
  for (const node of tree.values()) if (node.type === 'directory') yield { ...node, body: [] };
  const byNumber = new Map([...tree.values()].map((node) => [node.at, node]));
  let at = 0;
  for await (const { body } of walk()) {
    const node = byNumber.get(at);
    if (node && node.type !== 'directory') yield { ...node, body };
    at += 1;
  }
}

/** The last part is not followed: an entry may replace a link. */
function placeOf(path: string, tree: ReadonlyMap<string, FinalEntry>): string {
  const folder = posix.dirname(path);
  return folder === '.' ? path : posix.join(resolveIn(tree, folder), posix.basename(path));
}

function makeParents(path: string, tree: Map<string, FinalEntry>): void {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const parent = path.slice(0, slash);
    const node = tree.get(parent);
    if (!node) tree.set(parent, { ...tarEntry({ path: parent, type: 'directory' }), at: -1 });
    else if (node.type !== 'directory')
      throw new KitError(`Cannot put "${path}" into the image: "${parent}" is no folder`);
  }
}

function removeBelow(folder: string, tree: Map<string, FinalEntry>): void {
  for (const path of tree.keys()) if (path.startsWith(`${folder}/`)) tree.delete(path);
}
