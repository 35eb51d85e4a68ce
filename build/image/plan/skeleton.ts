import { posix } from 'node:path';
import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { resolveIn, type Tree } from '../../tree/tree.ts';

/** What a container mounts where; `source` tells whether it is a file. */
export interface MountPoint {
  readonly destination: string;
  readonly source: string;
  readonly isBind: boolean;
}

/**
 * What an image lacks and a container needs: mount points, and the few files of /etc that every program looks for. It
 * goes on top of the image's layers, so folders that the image has keep their mode and owner here.
 * @param guest the root file system of the machine, which tells files from folders
 * @returns entries with parents first, relative to the container's root
 */
export function skeleton(mounts: readonly MountPoint[], image: Tree, guest: Tree): TarEntry[] {
  const entries = new Map<string, TarEntry>();
  const add = (path: string, make: (path: string) => TarEntry): void => {
    const place = resolveIn(image, path);
    if (place === '' || image.has(place) || entries.has(place)) return;
    for (const parent of parentsOf(place))
      if (!entries.has(parent)) entries.set(parent, folderLike(image, parent));
    entries.set(place, make(place));
  };
  for (const path of ['dev', 'proc', 'sys'])
    add(path, (place) => tarEntry({ path: place, type: 'directory' }));
  add('etc/hosts', (place) =>
    textEntry(place, '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n'),
  );
  add('etc/mtab', (place) => tarEntry({ path: place, type: 'symlink', linkname: '/proc/mounts' }));
  add('etc/resolv.conf', (place) => textEntry(place, ''));
  for (const mount of mounts.filter((one) => !isBelowAnother(one, mounts))) {
    const type = mount.isBind && isFile(mount.source, guest) ? 'file' : 'directory';
    add(mount.destination, (place) => tarEntry({ path: place, type }));
  }
  return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `a/b/c` → `a`, `a/b`. */
export function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** A folder as the tree has it; 0755 and root's when it has none. */
export function folderLike(tree: Tree, path: string): TarEntry {
  const node = tree.get(path);
  if (node?.type !== 'directory') return tarEntry({ path, type: 'directory' });
  return tarEntry({ path, type: 'directory', mode: node.mode, uid: node.uid, gid: node.gid });
}

/** The runtime makes these itself, inside the mount around them. */
function isBelowAnother({ destination }: MountPoint, mounts: readonly MountPoint[]): boolean {
  return mounts.some((other) => destination.startsWith(`${other.destination}/`));
}

/** Names that are files by custom, for sources that only exist once the machine runs. */
const fileName =
  /^\/dev\/(?!pts$|shm$|mqueue$|disk$|input$|net$|mapper$)[^/]+$|\.(?:conf|sock|socket|pid|json|toml|ya?ml|pem|crt|key)$/;

function isFile(source: string, guest: Tree): boolean {
  const node = guest.get(resolveIn(guest, source));
  if (node) return node.type !== 'directory';
  return fileName.test(posix.normalize(source));
}
