import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Lock, tryLock, waitForLock } from './lock.ts';

/**
 * Folders for half-done work, inside the cache so that what is finished can be renamed into its place. Each process
 * has one, with a lock on it for as long as it lives; a folder without one belonged to a process that was killed,
 * and is removed by the next that needs a folder.
 */
export class Scratch {
  private readonly root: string;
  private own: Promise<{ readonly dir: string; readonly lock: Lock }> | undefined;

  constructor(cacheDir: string) {
    this.root = join(cacheDir, 'scratch');
  }

  /** Gives `work` an empty folder, and removes it afterwards. */
  async use<T>(work: (dir: string) => Promise<T>): Promise<T> {
    this.own ??= this.start().catch((thrown: unknown) => {
      this.own = undefined;
      throw thrown;
    });
    const dir = mkdtempSync(join((await this.own).dir, 'work-'));
    try {
      return await work(dir);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    const own = await this.own;
    this.own = undefined;
    if (!own) return;
    await rm(own.dir, { recursive: true, force: true });
    own.lock.release();
  }

  private async start(): Promise<{ readonly dir: string; readonly lock: Lock }> {
    await mkdir(this.root, { recursive: true });
    // Without the door, a cleaner could see a folder between its making and its locking.
    const door = await waitForLock(join(this.root, 'door'), 'exclusive');
    try {
      await this.removeDead();
      const dir = mkdtempSync(join(this.root, `${process.pid}-`));
      const lock = tryLock(join(dir, 'alive'), 'exclusive');
      if (!lock) throw new Error(`lock of new folder ${dir} is taken`);
      process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
      return { dir, lock };
    } finally {
      door.release();
    }
  }

  private async removeDead(): Promise<void> {
    const names = (await readdir(this.root)).filter((name) => /^\d+-/.test(name));
    for (const name of names) {
      const dir = join(this.root, name);
      const lock = tryLock(join(dir, 'alive'), 'exclusive');
      if (!lock) continue;
      await rm(dir, { recursive: true, force: true });
      lock.release();
    }
  }
}
