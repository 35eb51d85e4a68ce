import { constants, type Stats } from 'node:fs';
import { chmod, link, lstat, lutimes, open, rename, statfs, symlink, unlink, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathOnDisk } from '../archive/file-names.ts';
import type { TarEntry } from '../archive/tar.ts';
import { codeOf, KitError } from '../errors/errors.ts';
import { dateLimitMs } from '../errors/visible-time.ts';
import { fileError } from './file-error.ts';
import { OpenFolders } from './open-folders.ts';
import { removeDeadTemporaries, temporaryName } from './temporaries.ts';

/** What was written. */
export interface Received {
  readonly files: number;
  readonly bytes: number;
  /** Devices and FIFOs, which are not created; from a sender that is not trusted also links that lead out. */
  readonly skipped: number;
}

/** Writes entries below a folder, never through a symbolic link. */
export class TreeWriter implements AsyncDisposable {
  readonly #folder: string;
  readonly #modeMask: number;
  readonly #folders: OpenFolders;
  /** Of the files that hard links name. */
  readonly #linked: OpenFolders;
  /** Created folders, which get their modes and times at the end, when all files are in them. */
  readonly #made: { readonly name: string; readonly mode: number; readonly time: number | Date }[] = [];
  readonly #count = { files: 0, bytes: 0, skipped: 0 };

  constructor(folder: string, modeMask: number, folders: OpenFolders, linked: OpenFolders) {
    this.#folder = folder;
    this.#modeMask = modeMask;
    this.#folders = folders;
    this.#linked = linked;
  }

  /** @param folder absolute, without symbolic links @param modeMask the bits of modes that are kept */
  static async below(folder: string, modeMask: number): Promise<TreeWriter> {
    await removeDeadTemporaries(folder);
    const [folders, linked] = [await OpenFolders.below(folder), await OpenFolders.below(folder)];
    return new TreeWriter(folder, modeMask, folders, linked);
  }

  /** @param nameOf the name below the folder of an entry, and of the one that a hard link names */
  async put(entry: TarEntry, nameOf: (path: string) => string): Promise<void> {
    const name = nameOf(entry.path);
    if (name === '') return;
    try {
      if (!isInside(name)) throw new KitError(`cannot write "${name}": it is not below "${this.#folder}"`);
      await this.#put(name, entry, nameOf);
    } catch (thrown) {
      throw fileError('write', join(this.#folder, name), thrown);
    }
  }

  /** Counts an entry that is not written. */
  skip(): void {
    this.#count.skipped += 1;
  }

  /** Children before their parents, whose modes may forbid access to them. */
  async finish(): Promise<Received> {
    for (const { name, mode, time } of this.#made.reverse()) {
      const path = pathOnDisk((await this.#folders.enter(name)).path);
      await chmod(path, mode);
      await utimes(path, time, time);
    }
    return this.#count;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folders[Symbol.asyncDispose]();
    await this.#linked[Symbol.asyncDispose]();
  }

  async #put(name: string, entry: TarEntry, nameOf: (path: string) => string): Promise<void> {
    if (entry.type === 'directory') return this.#makeFolder(name, entry);
    const { path } = await this.#folders.enter(dirname(name));
    const replace = (make: (temporary: string) => Promise<void>): Promise<void> =>
      this.#replaceAtomically(path, basename(name), make);
    if (entry.type === 'file') await replace((temporary) => this.#writeFile(temporary, entry));
    else if (entry.type === 'symlink') await replace((temporary) => makeLink(temporary, entry));
    else if (entry.type === 'hardlink') {
      const other = await this.#file(nameOf(entry.linkname));
      await replace((temporary) => link(pathOnDisk(other), pathOnDisk(temporary)));
    } else this.skip();
  }

  async #makeFolder(name: string, entry: TarEntry): Promise<void> {
    const { isNew } = await this.#folders.enter(name);
    if (isNew) this.#made.push({ name, mode: entry.mode & this.#modeMask, time: timeOf(entry) });
  }

  /** Creates a file under a temporary name, then renames it: under its name it is always complete. */
  async #replaceAtomically(
    folder: string,
    name: string,
    make: (temporary: string) => Promise<void>,
  ): Promise<void> {
    const temporary = join(folder, temporaryName());
    try {
      await make(temporary);
      await rename(pathOnDisk(temporary), pathOnDisk(join(folder, name)));
    } finally {
      // Even after a success: rename(2) leaves both names if they are links to the same file.
      await unlink(pathOnDisk(temporary)).catch(() => {});
    }
    this.#count.files += 1;
  }

  async #writeFile(temporary: string, entry: TarEntry): Promise<void> {
    const { body, mode, size } = entry;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
    const file = await open(pathOnDisk(temporary), flags, 0o600);
    try {
      await checkSpace(dirname(temporary), size);
      for await (const piece of body) {
        await file.writeFile(piece);
        this.#count.bytes += piece.length;
      }
      await file.chmod(mode & this.#modeMask);
      await file.utimes(timeOf(entry), timeOf(entry));
    } finally {
      await file.close();
    }
  }

  /** The path of an earlier entry, which a hard link names. */
  async #file(name: string): Promise<string> {
    if (!isInside(name)) throw new KitError(`cannot link to "${name}": it is not below "${this.#folder}"`);
    const { path } = await this.#linked.enter(dirname(name));
    const file = join(path, basename(name));
    if ((await statsOf(file))?.isFile()) return file;
    throw new KitError(`cannot link to "${join(this.#folder, name)}": there is no such file`);
  }
}

/** Checked again here, where the name is used: whoever renames entries may make a mistake. */
const isInside = (name: string): boolean =>
  name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** Fails before anything is written, rather than when the disk is full. Some file systems do not count. */
async function checkSpace(folder: string, size: number): Promise<void> {
  const { blocks, bfree, bsize } = await statfs(pathOnDisk(folder));
  if (blocks > 0 && size > bfree * bsize) throw Object.assign(new Error('too large'), { code: 'ENOSPC' });
}

async function makeLink(temporary: string, entry: TarEntry): Promise<void> {
  await symlink(pathOnDisk(entry.linkname), pathOnDisk(temporary));
  await lutimes(pathOnDisk(temporary), timeOf(entry), timeOf(entry));
}

/** Node takes negative numbers for the present, but dates as they are. The first is that of Date. */
const timeOf = ({ mtime, nanoseconds }: TarEntry): number | Date =>
  mtime < 0 ? new Date(Math.max(mtime * 1000, -dateLimitMs)) : mtime + nanoseconds / 1e9;

async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(pathOnDisk(path));
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}
