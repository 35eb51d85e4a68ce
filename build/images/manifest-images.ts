import { combineErrors, KitError, KitErrors } from '../../lib/errors/errors.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { type ImageLocks, readImageLocks } from '../lock/locked.ts';
import type { Located, Manifest } from '../manifest/types.ts';
import type { Work } from '../work.ts';
import { resolveImages, unknownPackages } from './resolve.ts';
import { UnknownImageError } from './unknown-image.ts';

/** The image for a reference. The meaning of `./x` depends on the file that contains it. */
export type ImageOf = (ref: Located<string>) => ResolvedImage;

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
  const wanted = (ref: Located<string>): string => locks?.wanted(ref) ?? plainly(ref);
  const byFolder = new Map<string, Map<string, ResolvedImage>>();
  const unknown: KitError[] = [];
  for (const [folder, group] of Map.groupBy(refs, ({ origin }) => origin.folder)) {
    const names = group.map(wanted);
    const images = await resolveImages(names, folder, work).catch((thrown) => {
      unknown.push(...unknownImages(thrown, group, wanted));
      return new Map();
    });
    byFolder.set(folder, images);
  }
  if (unknown.length > 0) throw combineErrors(unknown);
  const imageOf: ImageOf = ({ value, origin }) => {
    const image = byFolder.get(origin.folder)?.get(wanted({ value, origin }));
    if (!image) throw new KitError(`Cannot find image "${value}"`, { place: origin.place() });
    return image;
  };
  await locks?.check(imageOf);
  return imageOf;
}

/** An error for each reference to a package that does not exist. */
export function missingPackages(manifest: Manifest): KitError[] {
  return imageRefs(manifest).flatMap(({ value, origin }) =>
    unknownPackages([plainly({ value, origin })], origin.folder).map((error) => placed(error, origin)),
  );
}

function placed(error: KitError, { place }: Located<string>['origin']): KitError {
  return new KitError(error.message, { place: place(), hint: error.hint, cause: error });
}

/** What to resolve: the package folder for a name that came from a template, else the reference itself. */
const plainly = ({ value, origin }: Located<string>): string => origin.packages?.get(value) ?? value;

/** All image references of the manifest with their positions, in order. */
export function imageRefs(manifest: Manifest): Located<string>[] {
  const { kernel, init, volumes, onboot, onshutdown, services } = manifest;
  const below = ({ value, origin }: Located<{ readonly image?: string }>): Located<string>[] => {
    return value.image === undefined ? [] : [imageRef(value.image, origin)];
  };
  const entries = [...volumes, ...onboot, ...onshutdown, ...services];
  return [...(kernel ? below(kernel) : []), ...init, ...entries.flatMap(below)];
}

/** The reference of an item that has an `image` key. */
export function imageRef(image: string, origin: Located<unknown>['origin']): Located<string> {
  return { value: image, origin: { ...origin, place: () => origin.place(['image']) } };
}

/** The errors with the positions of their references; rethrows anything else. */
function unknownImages(
  thrown: unknown,
  refs: readonly Located<string>[],
  wanted: (ref: Located<string>) => string,
): KitError[] {
  const errors = thrown instanceof KitErrors ? thrown.errors : [thrown];
  const unknown = errors.filter((error) => error instanceof UnknownImageError);
  if (unknown.length === 0) throw thrown;
  return unknown.flatMap((error) =>
    refs.filter((ref) => wanted(ref) === error.ref).map(({ origin }) => placed(error, origin)),
  );
}
