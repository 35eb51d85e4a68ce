import type { RunnerOrder } from './runner-messages.ts';
export interface RunnerOptions {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
    readonly onProgress?: ((line: string) => void) | undefined;
    /** Called once the machine's folder exists. */
    readonly onCreated?: () => void;
}
/** Closing it, or the end of this process, ends the machine. */
export interface Lifeline {
    destroy(): unknown;
}
/** Carries out an order in a process of its own. @throws Error with the sentence that kit would print */
export declare function runRunner(order: RunnerOrder, options: RunnerOptions): Promise<Lifeline>;
