import { type DebianSource } from '../debian/source.ts';
import { type Arch } from '../host/arch.ts';
import type { Work } from '../work.ts';
import { type Tools } from './make-tree.ts';
export type { Tools } from './make-tree.ts';
/** kit's tools tree, made when the cache lacks it. */
export declare function toolsTree(work: Work): Promise<Tools>;
/** A tree of other packages, made the same way: see `makeTree`. */
export declare function debianTree(title: string, packages: DebianSource, lock: string, work: Work, arch?: Arch): Promise<Tools>;
