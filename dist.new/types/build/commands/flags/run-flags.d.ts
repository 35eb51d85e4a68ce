import type { RunRequest } from '../../backend/request/request.ts';
import type { Context } from '../../host/context.ts';
import type { SourceFlags } from './sources.ts';
/** The flags of `kit run` as commander parses them. */
export interface RunFlags extends SourceFlags {
    readonly name?: string;
    readonly cpus?: string;
    readonly mem?: string;
    readonly arch?: string;
    readonly disk: readonly string[];
    readonly publish: readonly string[];
    readonly networking: string;
    readonly accel: string;
    readonly data?: string;
    readonly dataFile?: string;
    readonly format: string;
    readonly uefi?: boolean;
    readonly bios?: boolean;
    readonly fw?: string;
    readonly iso?: boolean;
    readonly squashfs?: boolean;
    readonly kernel?: boolean;
    readonly writable?: boolean;
    readonly state?: string;
    readonly usb?: boolean;
    readonly device: readonly string[];
    readonly detach?: boolean;
    readonly timeout: string;
    readonly locked?: boolean;
}
/** The request for a machine. @param words `[BACKEND] IMAGE` @throws KitError for the first invalid flag */
export declare function readRequest(words: readonly string[], flags: RunFlags, { cwd }: Context): Promise<RunRequest>;
