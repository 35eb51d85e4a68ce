import type { ResolvedImage } from '../cache/stored-image.ts';
import type { Work } from '../work/work.ts';

/**
 * The digest of what a foreign image's name stands for: of an index of images for several architectures,
 * mostly.
 */
export async function entryDigest({ name, digest }: ResolvedImage, work: Work): Promise<string> {
  return (await work.cache.refs.get(name, work.arch))?.digest ?? digest;
}
