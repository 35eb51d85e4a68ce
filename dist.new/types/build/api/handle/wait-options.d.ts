/** For calls that wait for something in a machine. */
export interface WaitOptions {
    /** In milliseconds. */
    readonly timeoutMs?: number;
    /** Aborting it rejects the call with its reason. */
    readonly signal?: AbortSignal;
}
/** The signal of the options; one that is never aborted if there is none. */
export declare const signalOf: ({ signal }: Pick<WaitOptions, 'signal'>) => AbortSignal;
