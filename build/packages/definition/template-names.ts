import type { ReadOptions } from '../../manifest/read.ts';
import type { Work } from '../../work.ts';
import { builderOf } from '../builder.ts';

/**
 * Resolves the `@pkg:` templates of manifests to the names of packages' images, whether or not they are
 * built.
 */
export function packageNames(work: Work): Required<Pick<ReadOptions, 'packageName' | 'signal'>> {
  const packageName = async (folder: string): Promise<string> => (await builderOf(work).id(folder)).name;
  return { packageName, signal: work.signal };
}
