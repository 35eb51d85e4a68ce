import { combineErrors, KitError, KitErrors } from '../../lib/errors/errors.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { type ImageLocks, readImageLocks } from '../lock/locked.ts';
import { imageRefs } from '../manifest/images/image-refs.ts';
import type { Located, Manifest, ManifestOrigin } from '../manifest/types.ts';
import { type ImageRef, refKey } from '../reference/image-ref.ts';
import { defaultSources, type Work } from '../work.ts';
import { resolveImages, unknownPackages } from './resolve.ts';
import { UnknownImageError } from './unknown-image.ts';

/** The image for a reference. The meaning of `./x` depends on the file that contains it. */
export type ImageOf = (ref: Located<ImageRef>) => ResolvedImage;

/**
 * The images of a manifest, found in the cache, pulled or built; with `--locked` only those of kit.lock.
 * @throws KitErrors, KitError
 */
export async function resolveManifest(manifest: Manifest, work: Work): Promise<ImageOf> {
  const locks = work.locked ? await readImageLocks(imageRefs(manifest), work) : undefined;
  return manifestImages(manifest, locks, work);
}

/**
 * Finds or builds every image that a manifest names; `./x` is relative to the file that contains it.
 * @param locks with `--locked`: the images must be those of kit.lock
 * @throws KitErrors for all names without an image, KitError
 */
export async function manifestImages(
  manifest: Manifest,
  locks: ImageLocks | undefined,
  work: Work,
): Promise<ImageOf> {
  const refs = imageRefs(manifest);
  const wanted = (ref: Located<ImageRef>): ImageRef => locks?.wanted(ref) ?? ref.value;
  const found = await resolveImages(refs.map(wanted), withPolicies(refs, work)).catch((thrown: unknown) => {
    throw combineErrors(unknownImages(thrown, refs, wanted));
  });
  const imageOf: ImageOf = (ref) => found(wanted(ref));
  await locks?.check(imageOf);
  return imageOf;
}

/** The policies beside the manifests hold for all of their images, whichever of the manifests names one. */
function withPolicies(refs: readonly Located<ImageRef>[], work: Work): Work {
  const sources = work.sources ?? defaultSources;
  const folders = new Set(refs.map(({ origin }) => origin.folder));
  return { ...work, sources: { ...sources, policies: sources.policies.beside(folders) } };
}

/** An error for each reference to a package that does not exist. */
export function missingPackages(manifest: Manifest): KitError[] {
  return imageRefs(manifest).flatMap(({ value, origin }) =>
    unknownPackages([value]).map((error) => placed(error, origin)),
  );
}

function placed(error: KitError, { place }: ManifestOrigin): KitError {
  return new KitError(error.message, { place: place(), hint: error.hint, cause: error });
}

/** The errors with the positions of their references; rethrows anything else. */
function unknownImages(
  thrown: unknown,
  refs: readonly Located<ImageRef>[],
  wanted: (ref: Located<ImageRef>) => ImageRef,
): KitError[] {
  const errors = thrown instanceof KitErrors ? thrown.errors : [thrown];
  const unknown = errors.filter((error) => error instanceof UnknownImageError);
  if (unknown.length === 0) throw thrown;
  return unknown.flatMap((error) =>
    refs
      .filter((ref) => refKey(wanted(ref)) === refKey(error.ref))
      .map(({ origin }) => placed(error, origin)),
  );
}
