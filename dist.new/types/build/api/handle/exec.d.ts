import type { MachineClient } from '../../machine/client/client.ts';
import { type WaitOptions } from './wait-options.ts';
export interface ExecOptions extends WaitOptions {
    /** Run it in the container of this service. Default: on the machine itself. */
    readonly service?: string;
    /** Its standard input, which is empty otherwise. */
    readonly stdin?: string | Uint8Array;
}
export interface ExecResult {
    /** Its exit status; 128 + signal if a signal killed it. */
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
}
/** Runs a program in a machine to its end. @throws the gRPC error, or the reason of an aborted signal */
export declare function execIn(client: MachineClient, command: readonly string[], options: ExecOptions): Promise<ExecResult>;
