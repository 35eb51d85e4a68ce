import type { Work } from '../work.ts';
import type { DebianSource, LockedPackage } from './source.ts';
/** Finds the packages of a source in the newest versions of its suite. */
export type Resolver = (source: DebianSource, work: Work) => Promise<LockedPackage[]>;
/** A source, and its lock file. */
export interface LockedSource {
    readonly source: DebianSource;
    readonly lockFile: string;
    /** Makes and renews the lock. */
    readonly resolve: Resolver;
    /** Packages to leave out. */
    readonly bases?: readonly LockedPackage[];
}
/**
 * The packages in the lock file, without contacting a mirror. When the file is missing, lacks the
 * architecture or was made for another source, the packages are resolved and the file is written.
 * @throws KitError with `--locked`, when the file would have to be written
 */
export declare function lockPackages(locked: LockedSource, work: Work): Promise<LockedPackage[]>;
/**
 * As `lockPackages`, with the .deb files in the same order. Versions that no archive has any more are
 * replaced by the newest of the suite: **this updates the lock file**, and a line of progress names the
 * changes.
 */
export declare function fetchLockedPackages(locked: LockedSource, work: Work): Promise<{
    packages: LockedPackage[];
    debs: string[];
}>;
