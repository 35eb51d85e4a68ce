import { type Section } from '../../../lib/bundle/bundle.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { type ImageOf } from '../../images/manifest-images.ts';
import type { Manifest } from '../../manifest/types.ts';
import { type BundleSpec, type Reader } from '../../spec/bundle.ts';
/** The bundle of an entry, and the image that its root file system comes from. */
export interface PlannedBundle extends BundleSpec {
    readonly section: Section;
    readonly name: string;
    /** `containers/services/web`, `containers/onboot/000-metadata` */
    readonly folder: string;
    readonly image: ResolvedImage;
    /** The image as the manifest names it. */
    readonly ref: string;
    /** Index of the entry in its section. */
    readonly at: number;
}
/**
 * The bundles of a manifest, in order.
 * @param reader the init that reads them
 * @throws KitErrors with the errors of all entries
 */
export declare function planBundles(manifest: Manifest, imageOf: ImageOf, reader: Reader, production: boolean): PlannedBundle[];
/**
 * The errors of the entries that do not depend on their images, to be reported before any image is pulled or
 * built. Makes the same specs as `planBundles` and discards them. kit's init is the reader, since it has more
 * keys than LinuxKit's, and the images' config is a placeholder with a command, since an entry may rely on
 * that of its image.
 */
export declare function entryErrors(manifest: Manifest, production: boolean): KitError[];
