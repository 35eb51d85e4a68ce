import { MachineClient } from '../../machine/client/client.ts';
import { type MachinePlace } from './failure.ts';
import { type WaitOptions } from './wait-options.ts';
/** A line of a service's log. */
export interface LogLine {
    /** Milliseconds since the epoch, by the machine's clock. */
    readonly timeMs: number;
    /** The service, or `init`, `kernel`, `containerd`. */
    readonly source: string;
    /** `stdout`, `stderr`, `kit` (what kit says about the service), or a level: `err`, `warning`, `info` */
    readonly stream: string;
    readonly message: string;
    /** What the logger of `@kitlinux/kit/service` has added; it is at the end of `message`, too. */
    readonly fields?: Readonly<Record<string, unknown>>;
    /** Of the service's first process; 0: unknown. */
    readonly pid: number;
    /** Its number in its source, from 1 in each boot. */
    readonly sequence: number;
}
export interface LogsFilter {
    /** Default: every service and init. */
    readonly service?: string;
    /** Only lines of this stream. Default: all; for `waitFor`, all but `kit`. */
    readonly stream?: string;
    /** Also the lines of a service from before this handle restarted it. */
    readonly all?: boolean;
}
export interface WaitForOptions extends LogsFilter, WaitOptions {
    /** Default: 60 000. */
    readonly timeoutMs?: number;
}
/** The logs of a machine's services. */
export interface MachineLogs {
    /**
     * Resolves to the first line that matches, also if it was written before this call; of a service that this
     * handle has restarted, only lines since then count. A string matches as a part of the line.
     * @throws MachineError with the last lines, when none comes in time or the machine ends
     */
    waitFor(pattern: RegExp | string, options?: WaitForOptions): Promise<LogLine>;
    /** The lines that are kept. @throws MachineError */
    lines(filter?: LogsFilter & Pick<WaitOptions, 'signal'>): Promise<LogLine[]>;
}
export declare class Logs implements MachineLogs {
    #private;
    constructor(place: MachinePlace);
    /** Notes where the log of a service ends that is about to be restarted. @throws the gRPC error */
    restarting(client: MachineClient, service: string, signal: AbortSignal): Promise<void>;
    lines(filter?: LogsFilter & Pick<WaitOptions, 'signal'>): Promise<LogLine[]>;
    waitFor(pattern: RegExp | string, options?: WaitForOptions): Promise<LogLine>;
}
