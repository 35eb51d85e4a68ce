import { basename } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { digestOf } from '../cache/blobs.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import type { Located } from '../manifest/types.ts';
import type { ImageRef } from '../reference/image-ref.ts';

/**
 * Reads every layer of the images, and compares it with its digest. Otherwise the cache takes the time of a
 * seal for proof (build/cache/seal.ts), which says that nobody has written to a file since, and nothing of a
 * disk that loses bits, nor of a cache that was brought from elsewhere. An error for each image and layer.
 */
export async function damagedLayers(
  refs: readonly Located<ImageRef>[],
  imageOf: (ref: Located<ImageRef>) => ResolvedImage,
): Promise<KitError[]> {
  const found = new Map<string, string>();
  const errors: KitError[] = [];
  for (const ref of refs) {
    for (const { path, digest } of filesOf(imageOf(ref))) {
      const bytes = found.get(path) ?? (await digestOf(path)).digest;
      found.set(path, bytes);
      if (bytes !== digest) errors.push(damaged(ref, digest, path, bytes));
    }
  }
  return errors;
}

interface StoredFile {
  readonly path: string;
  readonly digest: string;
}

const filesOf = ({ layers, statements = [] }: ResolvedImage): StoredFile[] => [
  ...layers.map(({ path, diffId }) => ({ path, digest: diffId })),
  ...statements.map(({ path }) => ({ path, digest: `sha256:${basename(path)}` })),
];

function damaged(
  { value, origin }: Located<ImageRef>,
  digest: string,
  path: string,
  bytes: string,
): KitError {
  return new KitError(
    `Cannot use image "${value.text}" with --locked: its layer ${digest} is damaged in the cache: "${path}" is ${bytes}`,
    { place: origin.place(), hint: 'remove that file: kit makes it again, or pulls it' },
  );
}
