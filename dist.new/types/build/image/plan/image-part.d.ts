import type { ResolvedImage } from '../../cache/stored-image.ts';
import type { ImagePlan } from './image-plan.ts';
/** A part of an image that takes up room. */
export interface ImagePart {
    /** `Node runtime`, `debian of kit/containerd` */
    readonly title: string;
    /** Size as stored: compressed, where the layout compresses. */
    readonly bytes: number;
    /** Entries of the manifest that need it: `kernel`, `init`, `services web`, `volumes data`. */
    readonly users: readonly string[];
}
/** An entry of the manifest, and the image that it names. */
export interface ImageUse {
    readonly user: string;
    readonly image: ResolvedImage;
}
/** Every use of an image other than the kernel's, in the order of the manifest. */
export declare function imageUses({ init, volumes, bundles }: ImagePlan): ImageUse[];
/** Title and users of every layer, by its id in the guest. */
export declare function layerUses(uses: readonly ImageUse[]): Map<string, Pick<ImagePart, 'title' | 'users'>>;
/** Without the digest, and without the hash that is a package's tag. */
export declare const shortName: (name: string) => string;
