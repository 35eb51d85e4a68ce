/** A position in a source file; line and column start at 1. */
export interface SourcePosition {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    /** The text of the line, shown under the message with a mark at the column. */
    readonly text?: string;
}
export interface KitErrorOptions {
    /** A way out for the user, shown in parentheses on the next line. */
    readonly hint?: string | undefined;
    readonly place?: SourcePosition | undefined;
    readonly cause?: unknown;
    /** 1: the work failed; 2: the command was used wrongly. */
    readonly exitCode?: 1 | 2;
}
/**
 * An error to be shown to users. The message is one sentence without a final period: the action, the quoted
 * value, a colon, the reason (`Cannot read "x.yml": no such file`).
 */
export declare class KitError extends Error {
    readonly name = "KitError";
    readonly hint: string | undefined;
    readonly place: SourcePosition | undefined;
    readonly exitCode: 1 | 2;
    constructor(message: string, options?: KitErrorOptions);
}
/** Several errors of one input, shown together, in order. */
export declare class KitErrors extends Error {
    readonly name = "KitErrors";
    readonly errors: readonly KitError[];
    constructor(errors: readonly KitError[]);
}
/** One error to throw for a list of at least one: a single error is returned unchanged. */
export declare function combineErrors(errors: readonly KitError[]): KitError | KitErrors;
/** The message of anything that was thrown. */
export declare function reasonOf(thrown: unknown): string;
/** The `code` of a Node system error (`ENOENT`), or undefined. */
export declare function codeOf(thrown: unknown): string | undefined;
