import { type Digest, type ImageConfig } from '../../lib/oci/types.ts';
import type { Arch } from '../host/arch.ts';
import type { Cache } from './cache.ts';
/** An image for one architecture, all of whose blobs are in the cache. */
export interface ResolvedImage {
    /** `kit/metadata:3f2a…` */
    readonly name: string;
    readonly digest: Digest;
    readonly config: ImageConfig;
    /** Lowest first. */
    readonly layers: readonly ResolvedLayer[];
    /** in-toto statements that came with it (BuildKit's attestations), as files of the cache. */
    readonly statements?: readonly Statement[];
}
export interface Statement {
    readonly path: string;
    /** `https://spdx.dev/Document` */
    readonly predicateType: string;
}
export interface ResolvedLayer {
    readonly diffId: Digest;
    /** An uncompressed tar. */
    readonly path: string;
    readonly bytes: number;
    /** How the layer was made, and its components (annotations.ts). */
    readonly annotations: Readonly<Record<string, string>>;
}
/**
 * The image of this name: `missing` when the cache has none, or none with this hash of inputs; `damaged` when
 * one of its blobs is missing or was changed.
 */
export declare function readImage(cache: Cache, name: string, arch: Arch, hash?: string): Promise<ResolvedImage | 'missing' | 'damaged'>;
