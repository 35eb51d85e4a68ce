import type { Kind } from './kinds.ts';
/** Keys and indexes from the root of the document: `['services', 0, 'image']`. */
export type KeyPath = readonly (string | number)[];
/** A violation of the field table by the value at `path`. */
export interface Problem {
    readonly path: KeyPath;
    /** Called only for problems that are shown: finding the nearest key takes time. */
    readonly message: () => string;
    /** The problem is the last key of `path` itself, not its value. */
    readonly onKey?: boolean;
}
export type Report = (problem: Problem) => void;
/** Reports everything in `value` that violates `kind`. Returns whether it is valid. */
export declare function checkValue(kind: Kind, value: unknown, path: KeyPath, report: Report): boolean;
/** `services[0].image`; the root is `the manifest`. */
export declare function pathText(path: KeyPath): string;
/** A short description of the value for messages: `the number 5`, `a list`, `"abc"`. */
export declare function describe(value: unknown): string;
/** The kind in words that complete "must be …". */
export declare function kindText(kind: Kind): string;
