import { KitError } from '../errors/errors.ts';
import { readIndex } from './read.ts';
import { type Descriptor, type Digest, isIndexType } from './types.ts';

/** An index and all that it leads to. */
export interface WalkedIndex {
  /** Manifests of images and of what is about them, in order, each once. */
  readonly manifests: readonly Descriptor[];
  /** The index, and the indexes in it: BuildKit and others put one into another. */
  readonly indexes: readonly Descriptor[];
}

const mostIndexes = 64;
const mostManifests = 2000;

/**
 * Walks an index, and the indexes in it: each once, however often it is named. An entry without a platform
 * has that of the index that it is in.
 * @param read undefined for an index that is not at hand, which is passed over
 * @param name of the image, for messages @throws KitError for more than any image has
 */
export async function walkIndex(
  entry: Descriptor,
  read: (index: Descriptor) => Promise<Buffer | undefined>,
  name: string,
): Promise<WalkedIndex> {
  const manifests = new Map<Digest, Descriptor>();
  const indexes = new Map<Digest, Descriptor>([[entry.digest, entry]]);
  const tooMany = (what: string): KitError =>
    new KitError(`Cannot use image "${name}": its index has more than ${what}`);
  // Grows while it is walked.
  for (const index of indexes.values()) {
    const bytes = await read(index);
    if (!bytes) continue;
    for (const one of readIndex(bytes, `index of ${name}`).manifests) {
      const found = one.platform || !index.platform ? one : { ...one, platform: index.platform };
      const known = isIndexType(one.mediaType) ? indexes : manifests;
      if (!known.has(one.digest)) known.set(one.digest, found);
      if (indexes.size > mostIndexes) throw tooMany(`${mostIndexes} indexes`);
      if (manifests.size > mostManifests) throw tooMany(`${mostManifests} manifests`);
    }
  }
  return { manifests: [...manifests.values()], indexes: [...indexes.values()] };
}
