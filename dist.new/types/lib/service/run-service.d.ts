import { type Logger } from './logger.ts';
/** What the main function of a service gets. */
export interface ServiceContext {
    /** Aborted by SIGTERM or SIGINT: finish what was begun, close what is open. */
    readonly signal: AbortSignal;
    /** Resolves then. */
    stopped(): Promise<void>;
    readonly log: Logger;
    readonly ready: () => void;
}
export interface ServiceOptions {
    /**
     * How long the service may take to stop; then it is ended, with a line that says what was still open. Stay
     * below the manifest's `stopTimeout`. Default: 8000.
     */
    readonly stopTimeoutMs?: number;
}
/**
 * Runs the main function of a service: `await runService(async ({ signal, ready }) => …)`. It may return
 * while servers run on. A `KitError` that it throws is printed as one line, anything else with its stack;
 * both end the service with an exit status other than 0.
 */
export declare function runService(main: (context: ServiceContext) => void | Promise<void>, { stopTimeoutMs }?: ServiceOptions): Promise<void>;
