import { createHash } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../lib/errors/errors.ts';
import { writeJson } from '../cache/write.ts';
import type { Work } from '../work.ts';

/**
 * A value made once and kept in the cache's `derived/`. `key` names all that went into it, and the version of what
 * makes it. A damaged file is made again.
 */
export async function derivedJson<T>(work: Work, key: string, make: () => Promise<T>): Promise<T> {
  const folder = join(work.cacheDir, 'derived');
  const file = join(folder, `${keyHash(key)}.json`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  const known = kept === undefined ? undefined : parsed<T>(kept);
  if (known !== undefined) return known;
  const value = await make();
  await mkdir(folder, { recursive: true });
  await writeJson(file, value);
  return value;
}

/** Short enough for a file name, long enough for no two keys to meet. */
export function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

/** Puts a finished folder in its place; when another kit was quicker, its own is the same. */
export async function renameOnce(made: string, folder: string): Promise<void> {
  await rename(made, folder).catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'ENOTEMPTY' && codeOf(thrown) !== 'EEXIST') throw thrown;
  });
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
