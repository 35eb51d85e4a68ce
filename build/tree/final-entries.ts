import { posix } from 'node:path';
import { type TarEntry, tarEntry } from '../../lib/archive/tar.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { resolveIn, type TreeWalk } from './tree.ts';

/** The state of a path once all entries are unpacked. Its body is that of entry number `at` of the walk. */
export interface FinalEntry extends Omit<TarEntry, 'body'> {
  /** -1 for a parent folder without an entry of its own. */
  readonly at: number;
}

/**
 * The result of unpacking the entries, by path, with the root '' first. The last entry of a path wins, though
 * a folder keeps its content; paths below a symlink go to the link's target; missing parent folders are
 * added.
 */
export async function finalEntries(walk: TreeWalk): Promise<Map<string, FinalEntry>> {
  const tree = new Map<string, FinalEntry>([['', { ...tarEntry({ path: '', type: 'directory' }), at: -1 }]]);
  let at = 0;
  for await (const { body: _, ...entry } of walk()) {
    const path = resolvedPath(entry.path, tree);
    makeParents(path, tree);
    const before = tree.get(path);
    if (before?.type === 'directory' && entry.type !== 'directory') removeBelow(path, tree);
    const linkname = entry.type === 'hardlink' ? resolvedPath(entry.linkname, tree) : entry.linkname;
    tree.set(path, { ...entry, path, linkname, at });
    at += 1;
  }
  return tree;
}

/** The final entries with their bodies: each path once, folders first. */
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

/** Does not follow the last part, since an entry may replace a link. */
function resolvedPath(path: string, tree: ReadonlyMap<string, FinalEntry>): string {
  const folder = posix.dirname(path);
  return folder === '.' ? path : posix.join(resolveIn(tree, folder), posix.basename(path));
}

function makeParents(path: string, tree: Map<string, FinalEntry>): void {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const parent = path.slice(0, slash);
    const node = tree.get(parent);
    if (!node) tree.set(parent, { ...tarEntry({ path: parent, type: 'directory' }), at: -1 });
    else if (node.type !== 'directory')
      throw new KitError(`Cannot put "${path}" into the image: "${parent}" is not a folder`);
  }
}

function removeBelow(folder: string, tree: Map<string, FinalEntry>): void {
  for (const path of tree.keys()) if (path.startsWith(`${folder}/`)) tree.delete(path);
}
