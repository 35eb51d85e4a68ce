import { mkdtempSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { removeFolder, removeFolderSync } from '../../lib/files/remove-folder.ts';
import { type FileLock, tryLock, tryLockExisting, waitForLock } from './file-lock.ts';
import { diskFullError } from './space.ts';
import { removeOldParts } from './write.ts';

const scratches = new Map<string, Scratch>();

/** This process's scratch folder in a cache. */
export function scratchOf(cacheDir: string): Scratch {
  const known = scratches.get(cacheDir) ?? new Scratch(cacheDir);
  scratches.set(cacheDir, known);
  return known;
}

/**
 * Gives `work` an empty folder on the cache's file system, from which finished files can be renamed to their
 * final names; removed afterwards. Unlike `Cache.scratch`, does not block `kit cache gc`.
 * @throws KitError in place of any failure that a full disk has caused
 */
export function inScratch<T>(cacheDir: string, work: (folder: string) => Promise<T>): Promise<T> {
  return scratchOf(cacheDir).use(work);
}

const removedAtExit = new Set<string>();

function removeAtExit(dir: string): void {
  if (removedAtExit.size === 0) {
    process.once('exit', () => {
      for (const own of removedAtExit) removeFolderSync(own);
    });
  }
  removedAtExit.add(dir);
}

/** Renames a finished folder to its final name, unless another process has already made the same folder. */
export async function renameOnce(made: string, folder: string): Promise<void> {
  await rename(made, folder).catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'ENOTEMPTY' && codeOf(thrown) !== 'EEXIST') throw thrown;
  });
}

/**
 * Folders for unfinished work. Each process has one that is locked while the process lives; one that is not
 * locked belonged to a killed process, and is removed by the next process that needs a folder.
 */
export class Scratch {
  readonly #cacheDir: string;
  readonly #root: string;
  #own: Promise<{ readonly dir: string; readonly lock: FileLock }> | undefined;

  constructor(cacheDir: string) {
    this.#cacheDir = cacheDir;
    this.#root = join(cacheDir, 'scratch');
  }

  /** Gives `work` an empty folder, removed afterwards. */
  async use<T>(work: (dir: string) => Promise<T>): Promise<T> {
    const dir = await this.folder();
    try {
      return await work(dir);
    } catch (thrown) {
      // Before anything is removed: that would free space and hide why the work failed.
      throw await diskFullError(thrown, dir, this.#cacheDir);
    } finally {
      await removeFolder(dir);
    }
  }

  /** An empty folder, removed when the process ends. */
  async folder(): Promise<string> {
    this.#own ??= this.#start().catch((thrown: unknown) => {
      this.#own = undefined;
      throw thrown;
    });
    return mkdtempSync(join((await this.#own).dir, 'work-'));
  }

  async close(): Promise<void> {
    const own = await this.#own;
    this.#own = undefined;
    if (!own) return;
    await removeFolder(own.dir);
    own.lock.release();
  }

  async #start(): Promise<{ readonly dir: string; readonly lock: FileLock }> {
    makeFolder(this.#root);
    // Otherwise another process could remove the folder between its creation and its locking.
    const door = await waitForLock(join(this.#root, 'door'), 'exclusive');
    try {
      await this.#removeStale();
      const dir = mkdtempSync(join(this.#root, `${process.pid}-`));
      const lock = tryLock(join(dir, 'alive'), 'exclusive');
      if (!lock) throw new Error(`lock of new folder ${dir} is taken`);
      removeAtExit(dir);
      return { dir, lock };
    } finally {
      door.release();
    }
  }

  async #removeStale(): Promise<void> {
    const names = (await readdir(this.#root)).filter((name) => /^\d+-/.test(name));
    for (const name of names) {
      const dir = join(this.#root, name);
      // Nothing is created in it: its owner may be removing it, and would find it not empty. Without the
      // file, it is half removed, or its process was killed before it had made the file.
      const lock = tryLockExisting(join(dir, 'alive'), 'exclusive');
      if (!lock) continue;
      await removeFolder(dir);
      if (lock !== 'none') lock.release();
    }
    for (const name of ['oci', 'oci/blobs/sha256', 'packages', 'derived']) {
      await removeOldParts(join(this.#cacheDir, name));
    }
  }
}
