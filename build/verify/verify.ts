import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inScratch } from '../cache/scratch.ts';
import { type BuildOptions, buildManifest } from '../outputs/build-manifest.ts';
import type { Work } from '../work.ts';
import { type Difference, firstDifference } from './compare.ts';

export interface Verified {
  /** Files that were compared. */
  readonly files: number;
  /** The first of each file that is not as it should be. */
  readonly differences: readonly Difference[];
}

/**
 * Builds an image again, in the scratch, and holds the files at `options.dir` against it. Nothing there is written to;
 * other files of the folder are left out of account.
 */
export function verifyImage(
  manifests: readonly string[],
  options: Omit<BuildOptions, 'to'>,
  work: Work,
): Promise<Verified> {
  return inScratch(work.cacheDir, async (scratch) => {
    const dir = join(scratch, 'again');
    await buildManifest(manifests, { ...options, dir }, work);
    const names = await filesOf(dir);
    const differences: Difference[] = [];
    for (const name of names) {
      const found = await firstDifference(join(options.dir, name), join(dir, name), work.signal);
      if (found) differences.push(found);
    }
    return { files: names.length, differences };
  });
}

/** Some formats make folders. */
async function filesOf(dir: string): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  return found
    .filter((item) => item.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(dir.length + 1))
    .sort();
}
