import { type TarEntry, tarEntry } from '../../../lib/archive/tar.ts';
import type { Tree } from '../../tree/tree.ts';

/** `a/b/c` → `a`, `a/b`. */
export function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** A folder with the mode and owner that it has in the tree; 0755 and root's where the tree lacks it. */
export function folderLike(tree: Tree, path: string): TarEntry {
  const node = tree.get(path);
  if (node?.type !== 'directory') return tarEntry({ path, type: 'directory' });
  return tarEntry({ path, type: 'directory', mode: node.mode, uid: node.uid, gid: node.gid });
}
