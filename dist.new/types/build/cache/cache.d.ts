import { type Descriptor, type Digest } from '../../lib/oci/types.ts';
import { type BlobFacts } from './blobs.ts';
import { Refs } from './refs.ts';
/**
 * kit's cache: an OCI image layout (oci/) and files made from its images, all of which can be made again.
 * Files get their final names only once complete, so a killed process leaves no partial file under one.
 */
export interface Cache {
    readonly dir: string;
    readonly refs: Refs;
    blobPath(digest: Digest): string;
    /** Whether the blob is there and undamaged: by its size and mtime, else by its digest. */
    has(blob: BlobFacts): Promise<boolean>;
    /** Bytes of a blob whose size is not known; undefined when it is missing or damaged. */
    sizeOf(digest: Digest): Promise<number | undefined>;
    /** Moves a finished file out of a scratch folder into the cache. `known` saves reading it again. */
    addFile(file: string, mediaType?: string, known?: BlobFacts): Promise<Descriptor>;
    addJson(value: unknown, mediaType: string): Promise<Descriptor>;
    addBytes(bytes: Uint8Array, mediaType: string): Promise<Descriptor>;
    /** The bytes of a manifest or configuration, verified against their digest. */
    read(blob: BlobFacts): Promise<Buffer>;
    /** Gives `work` an empty folder on the cache's file system, removed afterwards. Calls `hold`. */
    scratch<T>(work: (dir: string) => Promise<T>): Promise<T>;
    /** Runs `work` under the lock of this name, which excludes other processes and other parts of this one. */
    locked<T>(name: string, work: () => Promise<T>, options?: LockWait): Promise<T>;
    /** Blocks `kit cache gc` until `close`. Must be called before relying on blobs to stay in the cache. */
    hold(): Promise<void>;
    /** Runs `work` while nothing else uses the cache. @throws KitError while another kit does */
    exclusively<T>(work: () => Promise<T>): Promise<T>;
    /** Removes the scratch folder and releases the locks. The cache may be used again afterwards. */
    close(): Promise<void>;
}
export interface LockWait {
    readonly signal?: AbortSignal;
    readonly onWait?: () => void;
}
/** Opens the cache in `dir`. Folders and locks are made only when they are first needed. */
export declare function openCache(dir: string): Cache;
