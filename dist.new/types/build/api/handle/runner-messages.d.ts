import type { RunFlags } from '../../commands/flags/run-flags.ts';
/** What the runner is to do; the first and only message to it, over Node's IPC channel. */
export type RunnerOrder = 
/** Build, create and start a machine. */
{
    readonly kind: 'create';
    readonly backend: string;
    readonly image: string;
    readonly flags: RunFlags;
    readonly cwd: string;
}
/** Start a machine that has ended again, from its folder: with the same disks and metadata. */
 | {
    readonly kind: 'start';
    readonly name: string;
};
export type RunnerMessage = {
    readonly kind: 'progress';
    readonly line: string;
}
/** The machine's folder exists. */
 | {
    readonly kind: 'created';
}
/** It runs; the runner exits. */
 | {
    readonly kind: 'started';
} | {
    readonly kind: 'failed';
    readonly message: string;
};
