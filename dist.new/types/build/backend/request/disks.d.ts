import { type DiskFileFormat } from '../../media/disk-format.ts';
import type { Tools } from '../../tools/tree.ts';
/** A data disk, as `--disk` describes it. */
export interface DiskOption {
    /** Absolute; undefined: `disk<i>.img` in the machine's folder, or in that of `--state`. */
    readonly path: string | undefined;
    readonly format: DiskFileFormat;
    /** Size of a file that has to be created; undefined: the file must exist. */
    readonly sizeBytes: number | undefined;
}
/** A data disk whose path is decided. */
export type DiskFile = DiskOption & {
    readonly path: string;
};
/**
 * Reads `[file=]PATH[,size=1G][,format=raw|qcow2|vmdk|vhd]`, in any order. The format follows from the file
 * name's ending (default: raw) and is never probed from the contents: the guest writes those, and could turn
 * its disk into a qcow2 overlay backed by any file of the host.
 */
export declare function parseDisk(text: string, cwd: string): DiskOption;
/** Gives each disk without a path a file in that folder, numbered by its position among all disks. */
export declare function placeDisks(disks: readonly DiskOption[], folder: string): DiskFile[];
/** Creates the files that are missing. @throws KitError for a missing file without a size */
export declare function createDisks(disks: readonly DiskFile[], tools: Tools, signal: AbortSignal): Promise<void>;
