import type { Digest } from '../../lib/oci/types.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import type { Work } from '../work.ts';

/** The digest of a foreign image's entry in the cache: usually that of a multi-architecture index. */
export async function entryDigest({ name, digest }: ResolvedImage, work: Work): Promise<Digest> {
  return (await work.cache.refs.get(name, work.arch))?.digest ?? digest;
}
