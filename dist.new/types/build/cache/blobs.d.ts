import type { Descriptor, Digest } from '../../lib/oci/types.ts';
/** The digest and size that a blob should have. */
export type BlobFacts = Pick<Descriptor, 'digest' | 'size'>;
/**
 * The content-addressed files of an OCI layout. Finished blobs are sealed (seal.ts), so that damage shows in
 * size or mtime, without reading the file.
 */
export declare class Blobs {
    #private;
    constructor(ociDir: string);
    get dir(): string;
    path(digest: Digest): string;
    /** Whether the blob is there and complete. Its content is hashed only if the file is not sealed. */
    isComplete({ digest, size }: BlobFacts): Promise<boolean>;
    /** The size of the blob; undefined when it is missing or damaged. */
    sizeOf(digest: Digest): Promise<number | undefined>;
    /** Moves in a finished file of the same file system. `known`: its hash, if its writer has computed it. */
    addFile(file: string, known?: BlobFacts): Promise<BlobFacts>;
    addBytes(bytes: Uint8Array): Promise<BlobFacts>;
    /** The bytes of a small blob, verified against its digest. */
    read({ digest, size }: BlobFacts): Promise<Buffer>;
    remove(digest: Digest): Promise<void>;
}
/** sha256 and length of a file. */
export declare function digestOf(file: string): Promise<BlobFacts>;
export declare function digestOfBytes(bytes: Uint8Array | string): Digest;
