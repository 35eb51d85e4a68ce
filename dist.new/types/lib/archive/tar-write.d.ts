import type { Digest } from '../oci/types.ts';
import type { TarEntry } from './tar-entry.ts';
type Entries = Iterable<TarEntry> | AsyncIterable<TarEntry>;
/** Of the whole archive. */
export interface WrittenTar {
    readonly digest: Digest;
    readonly size: number;
}
/** Writes the entries, in their order, to `outPath`, which appears only when it is complete and synced. */
export declare function writeTar(outPath: string, entries: Entries): Promise<WrittenTar>;
/** The archive in pieces: equal entries give equal bytes. Ends with the two empty blocks. */
export declare function tarBytes(entries: Entries): AsyncGenerator<Uint8Array>;
export {};
