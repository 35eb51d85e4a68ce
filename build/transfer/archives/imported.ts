import type { KitError } from '../../../lib/errors/errors.ts';
import type { Descriptor } from '../../../lib/oci/types.ts';
import type { BlobFacts } from '../../cache/blobs.ts';

/** An image whose blobs are all in the cache, but which has no name there yet. */
export interface ImportedImage {
  /** Its names in the archive in canonical form; often none. */
  readonly names: readonly string[];
  /** All names in the archive as they are written there: `docker.io/me/x:1`, `1`. */
  readonly texts: readonly string[];
  /** A manifest with its platform, or an index. */
  readonly descriptor: Descriptor;
  /** Why it cannot be used: a blob of it is missing. Others of the same archive can. */
  readonly fault?: KitError;
  /** Not an image, but something about one, such as a signature. */
  readonly isArtifact?: true;
}

/** The files of an archive of images by path, now blobs of the cache. */
export type ImportedFiles = ReadonlyMap<string, BlobFacts>;
