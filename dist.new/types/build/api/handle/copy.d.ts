import type { MachineClient } from '../../machine/client/client.ts';
import type { CopyRequest } from '../../machine/copy/copy-request.ts';
import { type WaitOptions } from './wait-options.ts';
export interface CopyOptions extends Pick<WaitOptions, 'signal'> {
    /** The service whose container the path is in. Default: the machine itself. */
    readonly service?: string;
    /** If the source is a symbolic link, copy what it points to. */
    readonly follow?: boolean;
    /** Relative paths of this host start here. Default: the current folder. */
    readonly cwd?: string;
}
export interface CopyResult {
    readonly files: number;
    readonly bytes: number;
    /** Devices and FIFOs, which are not created. */
    readonly skipped: number;
}
/** Copies between a path of this host and one of a machine, by the rules of docker cp. @throws */
export declare function copyWith(client: MachineClient, direction: CopyRequest['direction'], paths: {
    readonly host: string;
    readonly machine: string;
}, options: CopyOptions): Promise<CopyResult>;
