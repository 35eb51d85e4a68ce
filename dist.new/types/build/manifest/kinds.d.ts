/**
 * The type of a value in the manifest, as plain data. The parser, its error messages, the TypeScript types,
 * the JSON Schema and the documentation are all derived from it.
 */
export type Kind = {
    readonly kind: 'string';
    readonly expected?: string;
    readonly pattern?: RegExp;
    readonly suggestions?: readonly string[];
} | {
    readonly kind: 'boolean';
} | {
    readonly kind: 'integer';
    readonly min: number;
    readonly max: number;
} | {
    readonly kind: 'choice';
    readonly values: readonly string[];
} | {
    readonly kind: 'list';
    readonly of: Kind;
} | {
    readonly kind: 'map';
    readonly of: Kind;
} | {
    readonly kind: 'record';
    readonly fields: Fields;
    readonly exactlyOneOf?: readonly string[];
} | {
    readonly kind: 'either';
    readonly of: readonly Kind[];
};
/** One row of the field table. */
export interface Field {
    readonly kind: Kind;
    /** One sentence for the reference and the schema. */
    readonly help: string;
    /** The default in words; left out where it is obvious. */
    readonly default?: string;
    readonly required?: true;
    /** Required, unless the sibling `key` has this value. */
    readonly requiredUnless?: {
        readonly key: string;
        readonly is: string;
    };
    /** How the value is merged with one from a label or an earlier manifest; absent if it replaces that one. */
    readonly merge?: string;
    /** What the value sets: a key of config.json (`linux.sysctl`), or a description. */
    readonly effect?: string;
    /** A valid value. */
    readonly example?: unknown;
    /** How LinuxKit differs: it lacks the key, or has a bug there. */
    readonly linuxkit?: string;
}
export type Fields = Readonly<Record<string, Field>>;
/** The TypeScript type of a value that passed `checkValue` with this kind. */
export type ValueOf<K> = K extends {
    readonly kind: 'string';
} ? string : K extends {
    readonly kind: 'boolean';
} ? boolean : K extends {
    readonly kind: 'integer';
} ? number : K extends {
    readonly kind: 'choice';
    readonly values: readonly (infer V)[];
} ? V : K extends {
    readonly kind: 'list';
    readonly of: infer I;
} ? readonly ValueOf<I>[] : K extends {
    readonly kind: 'map';
    readonly of: infer I;
} ? Readonly<Record<string, ValueOf<I>>> : K extends {
    readonly kind: 'record';
    readonly fields: infer F;
} ? RecordOf<F> : K extends {
    readonly kind: 'either';
    readonly of: readonly (infer I)[];
} ? ValueOf<I> : never;
/** The TypeScript type of a map that passed `checkValue` with these fields. */
export type RecordOf<F> = {
    readonly [K in keyof F as F[K] extends {
        required: true;
    } ? K : never]: F[K] extends {
        kind: infer I;
    } ? ValueOf<I> : never;
} & {
    readonly [K in keyof F as F[K] extends {
        required: true;
    } ? never : K]?: F[K] extends {
        kind: infer I;
    } ? ValueOf<I> : never;
};
export declare const string: {
    readonly kind: 'string';
};
export declare const boolean: {
    readonly kind: 'boolean';
};
/**
 * A string that matches a pattern.
 * @param expected completes the sentence "must be …" @param suggestions candidates for "did you mean"
 */
export declare function stringLike(pattern: RegExp, expected: string, suggestions?: readonly string[]): {
    readonly kind: 'string';
    readonly pattern: RegExp;
    readonly expected: string;
    readonly suggestions: readonly string[];
};
export declare function integer(min?: number, max?: number): {
    readonly kind: 'integer';
    readonly min: number;
    readonly max: number;
};
export declare function choice<const V extends readonly string[]>(...values: V): {
    readonly kind: 'choice';
    readonly values: V;
};
export declare function list<const K extends Kind>(of: K): {
    readonly kind: 'list';
    readonly of: K;
};
/** A map with arbitrary keys. */
export declare function map<const K extends Kind>(of: K): {
    readonly kind: 'map';
    readonly of: K;
};
/**
 * A map with known keys.
 * @param rules `exactlyOneOf`: keys of which exactly one must be present; the value `false` counts as absent
 */
export declare function record<const F extends Fields>(fields: F, rules?: {
    readonly exactlyOneOf?: readonly (keyof F & string)[];
}): {
    readonly exactlyOneOf?: readonly (keyof F & string)[];
    readonly kind: 'record';
    readonly fields: F;
};
export declare function either<const K extends readonly Kind[]>(...of: K): {
    readonly kind: 'either';
    readonly of: K;
};
