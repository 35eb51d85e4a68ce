import { KitError } from '../../lib/errors/errors.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { type ImageLocks } from '../lock/locked.ts';
import type { Located, Manifest } from '../manifest/types.ts';
import type { Work } from '../work.ts';
/** The image for a reference. The meaning of `./x` depends on the file that contains it. */
export type ImageOf = (ref: Located<string>) => ResolvedImage;
/**
 * The images of a manifest, found in the cache, pulled or built; with `--locked` only those of kit.lock.
 * @throws KitErrors, KitError
 */
export declare function resolveManifest(manifest: Manifest, work: Work): Promise<ImageOf>;
/**
 * Finds or builds every image that a manifest names; `./x` is relative to the file that contains it.
 * @param locks with `--locked`: the images must be those of kit.lock
 * @throws KitErrors for all names without an image, KitError
 */
export declare function manifestImages(manifest: Manifest, locks: ImageLocks | undefined, work: Work): Promise<ImageOf>;
/** An error for each reference to a package that does not exist. */
export declare function missingPackages(manifest: Manifest): KitError[];
/** All image references of the manifest with their positions, in order. */
export declare function imageRefs(manifest: Manifest): Located<string>[];
/** The reference of an item that has an `image` key. */
export declare function imageRef(image: string, origin: Located<unknown>['origin']): Located<string>;
