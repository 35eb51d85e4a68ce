import type { Xz } from '../debian/deb.ts';
import { type LockedSource } from '../debian/locked-packages.ts';
import { type Arch } from '../host/arch.ts';
import type { Work } from '../work.ts';
/** A folder of unpacked Debian packages; `toolCommand` runs its programs. */
export interface Tools {
    readonly dir: string;
    /** Identifies the packages. Part of the key of everything that is made with a tool. */
    readonly hash: string;
    readonly arch: Arch;
}
/** The packages of a tree, and what decompresses them. */
export interface TreeSource extends LockedSource {
    readonly xz: (work: Work) => Promise<Xz>;
}
/**
 * The tree of a source's packages, made when the cache lacks it. @param title for progress
 * @param arch differs from the host's only for packages of data: tools always run on the host, whatever
 * architecture they build for
 */
export declare function makeTree(title: string, { xz, ...locked }: TreeSource, work: Work, arch?: Arch): Promise<Tools>;
