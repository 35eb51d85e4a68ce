import { type TarEntry } from '../../lib/archive/tar.ts';
import type { Work } from '../work.ts';
/** Decompresses a stream of xz. */
export type Xz = (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
/**
 * The entries of a .deb's data archive: deb(5). Of the compressions that Debian has used, those of its
 * present releases are read.
 * @throws KitError for a file that is damaged or unpacks to more than 16 GiB
 */
export declare function debEntries(deb: string, xz: Xz, { signal }: Work): AsyncGenerator<TarEntry>;
/**
 * Globs of files that neither images nor tools need: documentation, translations, data of Debian's own tools.
 */
export declare const neverNeeded: string[];
/**
 * The path on a system with merged /usr, whose /bin, /sbin, /lib and /lib64 are links. All but a few packages
 * of Debian 13 have such paths already.
 */
export declare function usrMerged(path: string): string;
