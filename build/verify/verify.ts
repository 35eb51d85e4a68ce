import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, buildImage } from '../build.ts';
import { inScratch } from '../cache/scratch.ts';
import type { Work } from '../work.ts';
import { type Difference, firstDifference } from './compare.ts';
import { type BuildRecord, changesSince } from './record.ts';

export interface Verified {
  /** How many files were compared. */
  readonly files: number;
  /** The first difference of each file that has one. */
  readonly differences: readonly Difference[];
}

/**
 * Builds an image again, in the scratch folder, and compares the files in `options.dir` with it. Nothing is
 * written there, and other files of the folder are ignored. @param record of the build that made the files,
 * if there is one
 */
export function verifyImage(
  manifests: readonly string[],
  options: Omit<BuildOptions, 'to'>,
  work: Work,
  record?: BuildRecord,
): Promise<Verified> {
  return inScratch(work.cache.dir, async (scratch) => {
    const dir = join(scratch, 'again');
    const again = await buildImage(manifests, { ...options, dir }, work);
    const changes = record ? await changesSince(record, again) : [];
    const names = await filesOf(dir);
    const differences: Difference[] = [];
    for (const name of names) {
      const found = await firstDifference(join(options.dir, name), join(dir, name), work.signal);
      if (found) differences.push(explained(found, changes));
    }
    return { files: names.length, differences };
  });
}

/** Known changes of the inputs explain a difference better than its bytes do. */
function explained(difference: Difference, changes: readonly string[]): Difference {
  if (difference.offset === null || changes.length === 0) return difference;
  return { ...difference, cause: changes.join('; ') };
}

/** Paths relative to the folder, sorted; some formats make folders. */
async function filesOf(dir: string): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  return found
    .filter((item) => item.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(dir.length + 1))
    .sort();
}
