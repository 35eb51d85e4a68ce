import type { Manifest } from '../manifest/types.ts';
/** The user and group id of each entry, by name. */
export type Ids = ReadonlyMap<string, number>;
/** Assigns an id to every entry of onboot, onshutdown and services, counting in this order. */
export declare function entryIds({ onboot, onshutdown, services, }: Pick<Manifest, 'onboot' | 'onshutdown' | 'services'>): Ids;
/** Returns a number unchanged and looks up a name; undefined, `root` and the empty string give 0. */
export declare function resolveId(id: string | number | undefined, ids: Ids, path: readonly (string | number)[]): number;
