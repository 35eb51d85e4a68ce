import type { Readable, Writable } from 'node:stream';
/** The environment of a command: standard streams, variables, current folder. Tests pass their own. */
export interface Context {
    readonly stdin: Readable;
    readonly stdout: Writable & {
        readonly isTTY?: boolean;
        readonly columns?: number;
    };
    readonly stderr: Writable & {
        readonly isTTY?: boolean;
        readonly columns?: number;
    };
    readonly env: Readonly<Record<string, string | undefined>>;
    /** Absolute path of the folder that relative paths are relative to. */
    readonly cwd: string;
    /** Aborted by SIGINT, SIGTERM and SIGHUP: long work then stops, cleans up and rejects. */
    readonly signal: AbortSignal;
    /** Disposed when the command ends, also after a failure. */
    readonly atEnd?: AsyncDisposableStack;
}
