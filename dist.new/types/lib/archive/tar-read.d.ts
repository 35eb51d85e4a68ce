import type { TarEntry } from './tar-entry.ts';
/** An entry of an archive that is being read. */
export interface StoredEntry extends TarEntry {
    /** Of its body, in bytes from the start of the stream. */
    readonly offset: number;
}
/**
 * The entries of an uncompressed tar (ustar, PAX or GNU), in their order, with one block in memory at a time.
 * A body must be read before the next entry is requested; the rest of it is skipped. Behind the end of the
 * archive the stream is read to its own end, within bounds: its writer may still be writing padding, and
 * would fail with EPIPE. A consumer that stops before that closes the stream at once.
 * @param name of the archive in messages
 */
export declare function readTar(stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, name: string): AsyncGenerator<StoredEntry>;
