import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../lib/errors/errors.ts';
import { type FileLock, tryLock, waitForLock } from './file-lock.ts';
import { whySpace } from './space.ts';
import { removeOldParts } from './write.ts';

const scratches = new Map<string, Scratch>();

/** The scratch of this process in the cache of this folder. */
export function scratchOf(cacheDir: string): Scratch {
  const known = scratches.get(cacheDir) ?? new Scratch(cacheDir);
  scratches.set(cacheDir, known);
  return known;
}

/**
 * Gives `work` an empty folder on the cache's file system, from where what is finished can be renamed into its place,
 * and removes it afterwards. @throws KitError in place of any failure that a full disk is the cause of
 */
export function inScratch<T>(cacheDir: string, work: (folder: string) => Promise<T>): Promise<T> {
  return scratchOf(cacheDir).use(work);
}

const atExit = new Set<string>();

function removeAtExit(dir: string): void {
  if (atExit.size === 0) {
    process.once('exit', () => {
      for (const own of atExit) rmSync(own, { recursive: true, force: true });
    });
  }
  atExit.add(dir);
}

/** Puts a finished folder in its place; when another kit was quicker, its own is the same. */
export async function renameOnce(made: string, folder: string): Promise<void> {
  await rename(made, folder).catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'ENOTEMPTY' && codeOf(thrown) !== 'EEXIST') throw thrown;
  });
}

/**
 * Folders for half-done work. Each process has one, with a lock on it for as long as it lives; a folder without one
 * belonged to a process that was killed, and is removed by the next that needs a folder.
 */
export class Scratch {
  readonly #cacheDir: string;
  readonly #root: string;
  #own: Promise<{ readonly dir: string; readonly lock: FileLock }> | undefined;

  constructor(cacheDir: string) {
    this.#cacheDir = cacheDir;
    this.#root = join(cacheDir, 'scratch');
  }

  /** Gives `work` an empty folder, and removes it afterwards. */
  async use<T>(work: (dir: string) => Promise<T>): Promise<T> {
    const dir = await this.folder();
    try {
      return await work(dir);
    } catch (thrown) {
      // Before anything is removed: that would make room, and hide why the work failed.
      throw await whySpace(thrown, dir, this.#cacheDir);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }

  /** An empty folder that goes when the process ends. */
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
    await rm(own.dir, { recursive: true, force: true });
    own.lock.release();
  }

  async #start(): Promise<{ readonly dir: string; readonly lock: FileLock }> {
    await mkdir(this.#root, { recursive: true });
    // Without the door, a cleaner could see a folder between its making and its locking.
    const door = await waitForLock(join(this.#root, 'door'), 'exclusive');
    try {
      await this.#removeDead();
      const dir = mkdtempSync(join(this.#root, `${process.pid}-`));
      const lock = tryLock(join(dir, 'alive'), 'exclusive');
      if (!lock) throw new Error(`lock of new folder ${dir} is taken`);
      removeAtExit(dir);
      return { dir, lock };
    } finally {
      door.release();
    }
  }

  async #removeDead(): Promise<void> {
    const names = (await readdir(this.#root)).filter((name) => /^\d+-/.test(name));
    for (const name of names) {
      const dir = join(this.#root, name);
      const lock = tryLock(join(dir, 'alive'), 'exclusive');
      if (!lock) continue;
      await rm(dir, { recursive: true, force: true });
      lock.release();
    }
    for (const name of ['oci', 'oci/blobs/sha256', 'packages', 'derived']) {
      await removeOldParts(join(this.#cacheDir, name));
    }
  }
}
