/** A command, and what it does. */
export type Example = readonly [command: string, what?: string];
/** What `--help` shows below the options of a command, and its man page in sections of their own. */
export interface Examples {
    readonly rows: readonly Example[];
    /** Paragraphs, which are wrapped; lines that begin with a space are kept as they are. */
    readonly notes?: string;
}
/** The examples as lines of at most `width` columns: what a command does stands behind it, or below it. */
export declare function examplesText({ rows, notes }: Examples, width: number): string;
/** The paragraphs of a text, each one line; lines that begin with a space stay lines. */
export declare function paragraphs(text: string): string[];
/** Splits a text at spaces into lines of at most `width` columns; a longer word gets a line of its own. */
export declare function wrapped(text: string, width: number): string[];
