/** Identifies a process even after its pid has been reused. */
export interface ProcessId {
    readonly pid: number;
    /** Clock ticks from the host's boot to its start: field 22 of /proc/PID/stat, proc_pid_stat(5). */
    readonly startTicks: number;
}
/** The identity of a running process; undefined when there is none with that pid. */
export declare function processId(pid: number): ProcessId | undefined;
export declare const ownProcess: () => ProcessId;
/** Whether that process still runs: it is not a zombie, and its pid was not reused. */
export declare function isAlive(id: ProcessId): boolean;
/** Sends a signal to that process; false when it is gone. */
export declare function signalTo(id: ProcessId, signal: NodeJS.Signals): boolean;
/**
 * `PID (NAME) STATE …`: the name may contain blanks and parentheses, so fields are counted from the last `)`.
 */
export declare function parseStat(text: string): {
    state: string;
    startTicks: number;
};
