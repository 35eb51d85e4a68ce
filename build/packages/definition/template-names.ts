import type { ManifestSources } from '../../manifest/read.ts';
import type { Work } from '../../work/work.ts';
import { builderOf } from '../builder.ts';

/**
 * How manifests find out what `@pkg:` templates mean: by the packages of this piece of work, built or not.
 */
export function packageNames(work: Work): Required<Pick<ManifestSources, 'packageName' | 'signal'>> {
  const packageName = async (folder: string): Promise<string> => (await builderOf(work).name(folder)).name;
  return { packageName, signal: work.signal };
}
