import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

let made = 0;

/**
 * A new empty folder in `parent`, for work that ends with a rename in the same file system. Its name holds our
 * process id, so that what a killed process left behind is known, and removed by the next one.
 */
export async function scratchFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  await sweep(parent);
  made += 1;
  const folder = join(parent, `.scratch-${process.pid}-${made}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  return folder;
}

/** Runs `work` with a scratch folder, which is gone afterwards, whatever happened. */
export async function inScratch<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await scratchFolder(parent);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = /^\.scratch-(\d+)-\d+$/.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    // Somebody else's process is a process all the same.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}
