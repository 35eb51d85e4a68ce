import type { Context } from './context.ts';
/** Shows the progress of long work. Titles are short and begin with a verb: `Convert layer 3f2a…`. */
export interface Progress {
    /** Runs `work` and shows its title, its last `note` and, at the end, its duration. */
    task<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T>;
    /** Prints a permanent line, for information that the user should see while work continues. */
    line(text: string): void;
}
/** Shows nothing: for tests, and for commands with little to do. */
export declare const silent: Progress;
/** On a terminal, a live list of the running tasks; elsewhere, one line for each finished task. */
export declare function progressOn({ stderr, env }: Pick<Context, 'stderr' | 'env'>): Progress;
