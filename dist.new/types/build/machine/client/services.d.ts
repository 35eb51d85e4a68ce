import type { Service } from '../../../lib/control/generated/control.ts';
/** A service in `kit ps --json`. */
export interface ServiceRow {
    readonly name: string;
    readonly section: string;
    readonly state: string;
    readonly restarts: number;
    /** 0: not running. */
    readonly pid: number;
    /** `exit status 1`; empty: it has not ended yet. */
    readonly lastExit: string;
    readonly memoryBytes: number;
    /** 0: no limit. */
    readonly memoryLimitBytes: number;
    /** Processor time since it started, in seconds. */
    readonly cpuS: number;
    readonly processes: number;
    /** Seconds since it started; 0: not running. */
    readonly ageS: number;
    /** unknown: it has no probe, or is not ready yet. */
    readonly health: string;
    readonly healthAgeS: number;
    /** How often it became unhealthy. */
    readonly healthFalls: number;
    /** It failed five times in a row, or more. */
    readonly crashLoop: boolean;
    /** Processes of this run that the kernel's OOM killer ended. */
    readonly oomKills: number;
}
export declare function serviceRow(service: Service): ServiceRow;
/** Rows of a table for users, the heading first. */
export declare function serviceLines(services: readonly ServiceRow[]): string[][];
/** `13.6 MiB`, `13.6 of 64 MiB`; `-` when nothing is used. */
export declare function memoryText({ memoryBytes, memoryLimitBytes, }: Pick<ServiceRow, 'memoryBytes' | 'memoryLimitBytes'>): string;
