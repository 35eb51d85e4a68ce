import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import type { Cache } from './cache.ts';
import { withLock } from './file-lock.ts';
import { inScratch } from './scratch.ts';
import { isSealed, isSealedFolder, seal, sealFolder } from './seal.ts';

/** The part of `Work` that is needed here. */
interface CacheWork {
  readonly cache: Cache;
  readonly signal: AbortSignal;
}

/**
 * A value that is made once and kept in the cache's `derived/`; a damaged file is made again.
 * @param key names all inputs, and the version of the code that makes the value
 */
export async function derivedJson<T>(work: CacheWork, key: string, make: () => Promise<T>): Promise<T> {
  const file = join(work.cache.dir, 'derived', `${keyHash(key)}.json`);
  if (isSealed(file)) return JSON.parse(await readFile(file, 'utf8')) as T;
  const value = await make();
  await inScratch(work.cache.dir, async (scratch) => {
    const made = join(scratch, 'made.json');
    await writeFile(made, JSON.stringify(value));
    await seal(made);
    makeFolder(dirname(file));
    await rename(made, file);
  });
  return value;
}

/**
 * A folder that is made once and kept in the cache's `derived/`; made again when a file in it was changed.
 * @param make fills the empty folder that it is passed
 */
export async function derivedFolder(
  work: CacheWork,
  key: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const name = keyHash(key);
  const folder = join(work.cache.dir, 'derived', name);
  if (await isSealedFolder(folder)) return folder;
  await withLock(join(work.cache.dir, 'locks', `derived-${name}`), { signal: work.signal }, async () => {
    // The previous holder of the lock may have made it.
    if (!(await isSealedFolder(folder))) await replaceFolder(folder, make, work);
  });
  return folder;
}

async function replaceFolder(
  folder: string,
  make: (folder: string) => Promise<void>,
  { cache }: CacheWork,
): Promise<void> {
  await inScratch(cache.dir, async (scratch) => {
    const made = join(scratch, 'made');
    await mkdir(made);
    await make(made);
    await sealFolder(made);
    makeFolder(dirname(folder));
    await rm(folder, { recursive: true, force: true });
    await rename(made, folder);
  });
}

/** 128 bits of a key's sha256, in hex: short enough for a file name, long enough to avoid collisions. */
export function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
