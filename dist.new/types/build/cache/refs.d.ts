import { type Descriptor } from '../../lib/oci/types.ts';
/** A named entry of index.json: the image `kit/dhcp:3f2a…` for one architecture, or an index. */
export interface Ref {
    readonly name: string;
    readonly descriptor: Descriptor;
}
/**
 * The named entries of index.json. Entries of one name are images for different architectures; an index,
 * whose entry has no platform, is the only one of its name.
 */
export declare class Refs {
    #private;
    constructor(ociDir: string, lockFile: string);
    /** The entry of this name for the architecture. An index is returned even if it lacks the architecture. */
    get(name: string, architecture?: string): Promise<Descriptor | undefined>;
    list(): Promise<Ref[]>;
    /** Names the image. Another image with this name for the same architecture loses the name. */
    set(name: string, descriptor: Descriptor): Promise<void>;
    /** False when there was no such name. */
    remove(name: string): Promise<boolean>;
}
