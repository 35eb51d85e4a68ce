import type { Descriptor } from '../../../lib/oci/types.ts';
import type { BlobFacts } from '../../cache/blobs.ts';

/** An image whose blobs are all in the cache, without a name there yet. */
export interface ImportedImage {
  /** What the archive calls it; whole references. Often none. */
  readonly names: readonly string[];
  /** A manifest with its platform, or an index. */
  readonly descriptor: Descriptor;
}

/** The files of an archive of images, by their paths in it: blobs of the cache now. */
export type ImportedFiles = ReadonlyMap<string, BlobFacts>;
