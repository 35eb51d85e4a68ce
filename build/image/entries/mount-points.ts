import { posix } from 'node:path';
import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { resolveIn, type Tree } from '../../tree/tree.ts';
import { folderLike, parentsOf } from './folders.ts';

/** A mount of a container. */
export interface ContainerMount {
  /** Absolute path in the container. */
  readonly destination: string;
  /** Decides whether the mount point is a file or a folder. */
  readonly source: string;
  readonly isBind: boolean;
}

/**
 * The entries that a container needs and its image lacks: mount points, and the files of /etc that most
 * programs expect. They lie in an overlay above the image's layers, so folders of the image are repeated with
 * their mode and owner.
 * @param guest the root file system of the machine, which shows whether the source of a bind is a file or a
 * folder
 * @returns entries relative to the container's root, parents first
 */
export function mountPointEntries(mounts: readonly ContainerMount[], image: Tree, guest: Tree): TarEntry[] {
  const entries = new Map<string, TarEntry>();
  const add = (path: string, make: (path: string) => TarEntry): void => {
    const target = resolveIn(image, path);
    if (target === '' || image.has(target) || entries.has(target)) return;
    for (const parent of parentsOf(target))
      if (!entries.has(parent)) entries.set(parent, folderLike(image, parent));
    entries.set(target, make(target));
  };
  for (const folder of ['dev', 'proc', 'sys']) add(folder, (path) => tarEntry({ path, type: 'directory' }));
  add('etc/hosts', (path) =>
    textEntry(path, '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n'),
  );
  add('etc/mtab', (path) => tarEntry({ path, type: 'symlink', linkname: '/proc/mounts' }));
  add('etc/resolv.conf', (path) => textEntry(path, ''));
  for (const mount of mounts.filter((one) => !isBelowAnother(one, mounts))) {
    const type = mount.isBind && isFile(mount.source, guest) ? 'file' : 'directory';
    add(mount.destination, (path) => tarEntry({ path, type }));
  }
  return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The OCI runtime makes these mount points itself, inside the outer mount. */
function isBelowAnother({ destination }: ContainerMount, mounts: readonly ContainerMount[]): boolean {
  return mounts.some((other) => destination.startsWith(`${other.destination}/`));
}

/** Paths that are files by convention, for sources that exist only in the running machine. */
const filePaths = [
  /^\/dev\/(?!pts$|shm$|mqueue$|disk$|input$|net$|mapper$)[^/]+$/,
  /\.(?:conf|sock|socket|pid|json|toml|ya?ml|pem|crt|key)$/,
];

function isFile(source: string, guest: Tree): boolean {
  const node = guest.get(resolveIn(guest, source));
  if (node) return node.type !== 'directory';
  return filePaths.some((pattern) => pattern.test(posix.normalize(source)));
}
