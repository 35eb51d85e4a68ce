import { posix } from 'node:path';
import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { resolveIn, type Tree } from '../../tree/tree.ts';
import { type ContainerPlaces, isInMount } from './container-places.ts';
import { MissingEntries } from './missing-entries.ts';

/**
 * The entries that a container needs and its image lacks: mount points, the working folder, and the files of
 * /etc that most programs expect. They lie in an overlay above the image's layers, so folders of the image
 * are repeated with their mode and owner.
 * @param guest the root file system of the machine, which shows whether the source of a bind is a file or a
 * folder
 * @returns entries relative to the container's root, parents first
 */
export function mountPointEntries(places: ContainerPlaces, image: Tree, guest: Tree): TarEntry[] {
  const missing = new MissingEntries(image);
  for (const path of ['dev', 'proc', 'sys']) missing.add(path, folder);
  missing.add('etc/hosts', (path) =>
    textEntry(path, '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n'),
  );
  missing.add('etc/mtab', (path) => tarEntry({ path, type: 'symlink', linkname: '/proc/mounts' }));
  missing.add('etc/resolv.conf', (path) => textEntry(path, ''));
  for (const { destination, source, isBind } of places.mounts) {
    if (isInMount(destination, places.mounts)) continue;
    const type = isBind && isFile(source, guest) ? 'file' : 'directory';
    missing.add(destination, (path) => tarEntry({ path, type }));
  }
  addWorkingFolder(places, missing);
  return missing.sorted();
}

/** The working folder of a container whose image lacks it. */
export function workingFolderEntries(places: ContainerPlaces, image: Tree): TarEntry[] {
  const missing = new MissingEntries(image);
  addWorkingFolder(places, missing);
  return missing.sorted();
}

/** The OCI runtimes make it, too, but cannot on a read-only root. It is root's, as with Docker. */
function addWorkingFolder({ mounts, cwd }: ContainerPlaces, missing: MissingEntries): void {
  if (!isInMount(cwd, mounts)) missing.add(cwd, folder);
}

const folder = (path: string): TarEntry => tarEntry({ path, type: 'directory' });

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
