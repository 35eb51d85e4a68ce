import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathOnDisk } from '../archive/file-names.ts';
import { codeOf, KitError } from '../errors/errors.ts';
import { removeDeadTemporaries } from './temporaries.ts';

/** include/uapi/asm-generic/fcntl.h: a descriptor that only names the folder; Node has no constant for it. */
const O_PATH = 0o10000000;
const folderFlags = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW;

interface OpenFolder {
  readonly handle: FileHandle;
  /** Reaches the folder even if somebody renames it, or puts a link in its place. */
  readonly path: string;
}

/** A folder below another, opened part by part. */
export interface EnteredFolder {
  readonly path: string;
  readonly isNew: boolean;
}

/**
 * The folders below one folder, each opened by its descriptor without following a symbolic link. Where /proc
 * is not that of this process, as in the root of a service, folders are reached by their names.
 */
export class OpenFolders implements AsyncDisposable {
  readonly #folder: string;
  readonly #byDescriptor: boolean;
  readonly #root: OpenFolder;
  /** The folder that was entered last, of which the next entries mostly are. */
  #last: (OpenFolder & { readonly name: string }) | undefined;

  constructor(folder: string, handle: FileHandle, byDescriptor: boolean) {
    this.#folder = folder;
    this.#byDescriptor = byDescriptor;
    this.#root = { handle, path: byDescriptor ? descriptorPath(handle) : folder };
  }

  /** @param folder absolute, without symbolic links */
  static async below(folder: string): Promise<OpenFolders> {
    const handle = await open(folder, folderFlags);
    return new OpenFolders(folder, handle, await isReached(handle));
  }

  /**
   * Opens a folder, and creates what is missing on the way to it with mode 0700.
   * @param name `''` or `.` for the uppermost folder; without `..`
   */
  async enter(name: string): Promise<EnteredFolder> {
    if (name === '' || name === '.') return { path: this.#root.path, isNew: false };
    if (this.#last?.name === name) return { path: this.#last.path, isNew: false };
    let current = this.#root;
    let isNew = false;
    let walked = '';
    for (const part of name.split('/')) {
      walked = join(walked, part);
      const before = current;
      try {
        ({ isNew, ...current } = await this.#child(before, part, walked));
      } finally {
        if (before !== this.#root) await before.handle.close();
      }
    }
    await this.#last?.handle.close();
    this.#last = { ...current, name };
    return { path: current.path, isNew };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last?.handle.close();
    await this.#root.handle.close();
  }

  async #child(parent: OpenFolder, part: string, name: string): Promise<OpenFolder & { isNew: boolean }> {
    const path = join(parent.path, part);
    const there = await this.#open(path, name);
    const handle = there ?? (await this.#make(path, name));
    const reached = this.#byDescriptor ? descriptorPath(handle) : path;
    if (there) await removeDeadTemporaries(reached);
    return { handle, path: reached, isNew: !there };
  }

  /** Undefined if there is nothing of this name. */
  async #open(path: string, name: string): Promise<FileHandle | undefined> {
    try {
      return await open(pathOnDisk(path), folderFlags);
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') return undefined;
      throw codeOf(thrown) === 'ENOTDIR' ? await this.#inTheWay(path, name) : thrown;
    }
  }

  async #make(path: string, name: string): Promise<FileHandle> {
    await mkdir(pathOnDisk(path), 0o700);
    const made = await this.#open(path, name);
    if (made) return made;
    throw new KitError(`cannot write "${join(this.#folder, name)}": it was removed meanwhile`);
  }

  async #inTheWay(path: string, name: string): Promise<KitError> {
    const what = (await lstat(pathOnDisk(path))).isSymbolicLink() ? 'a symbolic link' : 'a file';
    return new KitError(`cannot write "${join(this.#folder, name)}": ${what} is in the way`);
  }
}

const descriptorPath = ({ fd }: FileHandle): string => `/proc/self/fd/${fd}`;

async function isReached(handle: FileHandle): Promise<boolean> {
  const [own, reached] = await Promise.all([
    handle.stat({ bigint: true }),
    stat(descriptorPath(handle), { bigint: true }).catch((): undefined => undefined),
  ]);
  return isSame(own, reached);
}

const isSame = (a: BigIntStats, b: BigIntStats | undefined): boolean => a.dev === b?.dev && a.ino === b.ino;
