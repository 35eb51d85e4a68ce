import { posix } from 'node:path';
import { nameBytes, nameLength } from '../../../lib/archive/file-names.ts';
import { type TarEntry, tarEntry } from '../../../lib/archive/tar-entry.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { TreeWalk } from '../../tree/tree.ts';
import { typeBits } from '../../tree/type-bits.ts';
import { entryHeader, firstInode, trailer } from './header.ts';

/**
 * A tree as a newc archive, in its order, one piece in memory at a time. Inode numbers count from LinuxKit's
 * first. The tree is walked twice, since a file's header has its number of links.
 *
 * Hard links stay hard links: names with the same inode number, of which the first has the content, as the
 * kernel and cpio(1) read them. (LinuxKit makes relative symbolic links of them, which differ in a chroot, as
 * the source of a bind mount, and as argv[0].) The format has no extended attributes: they are lost.
 */
export async function* cpioBytes(walk: TreeWalk): AsyncGenerator<Uint8Array> {
  const links = await linkPlan(walk());
  const known = new Set<string>();
  let length = 0;
  let at = -1;
  for await (const entry of walk()) {
    at += 1;
    const placed = links.place(entry, at);
    if (!placed || placed.entry.path === '') continue;
    for (const folder of missingFolders(placed.entry.path, known)) {
      const bytes = headerOf(tarEntry({ path: folder, type: 'directory' }), { inode: 0, nlink: 2, size: 0 });
      length += bytes.length;
      yield bytes;
    }
    known.add(placed.entry.path);
    for await (const piece of entryBytes(placed)) {
      length += piece.length;
      yield piece;
    }
  }
  yield trailer(length);
}

/** The kernel makes no parent folders: it silently drops a file whose folder has no entry. */
function missingFolders(path: string, known: Set<string>): string[] {
  const missing: string[] = [];
  for (
    let folder = posix.dirname(path);
    folder !== '.' && !known.has(folder);
    folder = posix.dirname(folder)
  ) {
    known.add(folder);
    missing.unshift(folder);
  }
  return missing;
}

/** An entry as it is written. */
interface Placed {
  readonly entry: TarEntry;
  readonly inode: number;
  readonly nlink: number;
  readonly size: number;
}

async function* entryBytes(placed: Placed): AsyncGenerator<Uint8Array> {
  const { entry, size } = placed;
  yield headerOf(entry, placed);
  if (entry.type === 'symlink') yield nameBytes(entry.linkname);
  let bytes = entry.type === 'symlink' ? size : 0;
  if (size > 0 && entry.type === 'file') {
    for await (const piece of entry.body) {
      bytes += piece.length;
      yield piece;
    }
  }
  if (bytes !== size) {
    throw new KitError(`Cannot archive "${entry.path}": it has ${bytes} bytes where ${size} were announced`);
  }
  yield Buffer.alloc(-size & 3);
}

function headerOf(entry: TarEntry, { inode, nlink, size }: Omit<Placed, 'entry'>): Buffer {
  const { path, type, mode, uid, gid, mtime, devmajor, devminor } = entry;
  const device = { major: devmajor, minor: devminor };
  return entryHeader({ path, inode, mode: typeBits[type] | mode, uid, gid, nlink, mtime, size, device });
}

interface LinkPlan {
  /** Undefined for a name whose group has been written. */
  place(entry: TarEntry, at: number): Placed | undefined;
}

/** The names of one file, by the number of their entries in the walk. */
interface Names {
  readonly first: number;
  /** Devices, fifos and symlinks have no body to share: each name gets its own entry. */
  readonly target: TarEntry;
  readonly all: { readonly at: number; readonly path: string }[];
}

/**
 * Groups the names of each file. A name that a later entry replaces is left out of its group: the kernel
 * would write the new content into the file that the other names link to.
 */
async function linkPlan(entries: ReturnType<TreeWalk>): Promise<LinkPlan> {
  const { last, groups } = await readNames(entries);
  const isFinal = ({ at, path }: Names['all'][number]): boolean => last.get(path) === at;
  return {
    place(entry, at) {
      const names = groups.get(at);
      if (!names) return alone(entry, at);
      if (names.target.type !== 'file') return alone({ ...names.target, path: entry.path }, at);
      const kept = names.all.filter(isFinal);
      const [first] = kept;
      const linked = { inode: firstInode + names.first, nlink: kept.length };
      if (at === names.first) {
        return first && { entry: { ...entry, path: first.path }, ...linked, size: entry.size };
      }
      return at === first?.at || !isFinal({ at, path: entry.path })
        ? undefined
        : { entry: { ...entry, type: 'file' }, ...linked, size: 0 };
    },
  };
}

function alone(entry: TarEntry, at: number): Placed {
  const nlink = entry.type === 'directory' ? 2 : 1;
  const size = entry.type === 'symlink' ? nameLength(entry.linkname) : entry.size;
  return { entry, inode: firstInode + at, nlink, size };
}

interface AllNames {
  /** The number of each path's last entry. */
  readonly last: ReadonlyMap<string, number>;
  /** By the number of each of their names' entries. */
  readonly groups: ReadonlyMap<number, Names>;
}

async function readNames(entries: ReturnType<TreeWalk>): Promise<AllNames> {
  const last = new Map<string, number>();
  const groups = new Map<number, Names>();
  const special = new Map<number, TarEntry>();
  let at = 0;
  for await (const entry of entries) {
    const { path, type, linkname } = entry;
    if (type === 'hardlink') {
      const first = last.get(linkname);
      if (first === undefined) {
        throw new KitError(`Cannot link "${path}" to "${linkname}": there is no such file`);
      }
      const target = special.get(first) ?? tarEntry({ path: linkname });
      const names = groups.get(first) ?? { first, target, all: [{ at: first, path: linkname }] };
      for (const place of [first, at]) groups.set(place, names);
      names.all.push({ at, path });
    } else if (type !== 'file' && type !== 'directory') special.set(at, { ...entry, body: [] });
    last.set(path, at);
    at += 1;
  }
  return { last, groups };
}
