import type { ResolvedImage } from '../cache/stored-image.ts';
import type { Located } from '../manifest/types.ts';
import type { Work } from '../work.ts';
/** The kit.lock files that a manifest's references are checked against, for `--locked`. */
export interface ImageLocks {
    /** The reference to resolve: foreign images by their locked digest, since a tag may have moved. */
    wanted(ref: Located<string>): string | undefined;
    /** @throws KitErrors for all images whose digest differs from the locked one */
    check(imageOf: (ref: Located<string>) => ResolvedImage): Promise<void>;
}
/** @throws KitErrors for all references that are not locked */
export declare function readImageLocks(refs: readonly Located<string>[], work: Work): Promise<ImageLocks>;
