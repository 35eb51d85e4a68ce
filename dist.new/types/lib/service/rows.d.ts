/** One setting of a service: its type, its limits, and where its value may come from. */
export type Row = RowType & RowSource;
type RowType = {
    readonly type: 'string';
    readonly choices?: readonly string[];
} | {
    readonly type: 'integer';
    readonly min?: number;
    readonly max?: number;
} | {
    readonly type: 'number';
    readonly min?: number;
    readonly max?: number;
}
/** A flag without a value; in a variable or a file: true or false. */
 | {
    readonly type: 'boolean';
}
/**
 * JSON, of a variable or a file above all. `check` returns the typed value, or throws what is wrong with
 * it.
 */
 | {
    readonly type: 'json';
    readonly check: (value: unknown) => unknown;
};
interface RowSource {
    /** For users: `port to listen on`. */
    readonly description?: string;
    /** The value when it is given nowhere. */
    readonly default?: unknown;
    /** It has to be given. */
    readonly required?: true;
    /** The flag may be repeated; the value is a list, empty by default. */
    readonly multiple?: true;
    /** With `multiple`: the words that are no flags. */
    readonly positional?: true;
    /** A variable of the environment that sets it, if the flag does not: `APP_PORT`. */
    readonly env?: string;
    /** A file of the machine's metadata that sets it, if neither of those does: `app/port`. */
    readonly metadata?: string;
}
export type Table = Readonly<Record<string, Row>>;
type One<R extends Row> = R extends {
    type: 'string';
    choices: readonly (infer C)[];
} ? C : R extends {
    type: 'string';
} ? string : R extends {
    type: 'integer' | 'number';
} ? number : R extends {
    type: 'boolean';
} ? boolean : R extends {
    check: (value: unknown) => infer T;
} ? T : never;
/** The value of a row: a list for `multiple`; undefined only without a default, unless it is required. */
type Value<R extends Row> = R extends {
    multiple: true;
} ? readonly One<R>[] : R extends {
    required: true;
} | {
    default: string | number | boolean | object;
} | {
    type: 'boolean';
} ? One<R> : One<R> | undefined;
export type Values<T extends Table> = {
    readonly [K in keyof T]: Value<T[K]>;
};
/** Why a text is not a value of the row: `not a whole number from 1 to 65535`. */
export declare class Unfit extends Error {
}
/** The value that a text stands for. @throws Unfit */
export declare function readValue(row: Row, text: string): unknown;
export {};
