/**
 * The type of a value in the manifest, as plain data. The parser, its error messages, the TypeScript types,
 * the JSON Schema and the documentation are all derived from it.
 */
export type Kind =
  | {
      readonly kind: 'string';
      readonly expected?: string;
      readonly pattern?: RegExp;
      readonly suggestions?: readonly string[];
    }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  /** Of 64 bits: a number, or a bigint where a number would be rounded. */
  | { readonly kind: 'integer64'; readonly min: bigint; readonly max: bigint }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: Kind }
  | { readonly kind: 'map'; readonly of: Kind }
  | {
      readonly kind: 'record';
      readonly fields: Fields;
      readonly exactlyOneOf?: readonly string[];
      /** Keys that are known, but not here: where they belong, for the message. */
      readonly elsewhere?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'either'; readonly of: readonly Kind[] };

/** One row of the field table. */
export interface Field {
  readonly kind: Kind;
  /** One sentence for the reference and the schema. */
  readonly help: string;
  /** The default in words; left out where it is obvious. */
  readonly default?: string;
  readonly required?: true;
  /** Required, unless the sibling `key` has this value. */
  readonly requiredUnless?: { readonly key: string; readonly is: string };
  /** How the value is merged with one from a label or an earlier manifest; absent if it replaces that one. */
  readonly merge?: string;
  /** What the value sets: a key of config.json (`linux.sysctl`), or a description. */
  readonly effect?: string;
  /** The section of entries that obeys it; `tasks`: onboot and onshutdown. Absent: both. */
  readonly only?: 'services' | 'tasks';
  /** A valid value. */
  readonly example?: unknown;
  /** How LinuxKit differs: it lacks the key, or has a bug there. */
  readonly linuxkit?: string;
}

export type Fields = Readonly<Record<string, Field>>;

/** The TypeScript type of a value that passed `checkValue` with this kind. */
export type ValueOf<K> = K extends { readonly kind: 'string' }
  ? string
  : K extends { readonly kind: 'boolean' }
    ? boolean
    : K extends { readonly kind: 'integer64' }
      ? number | bigint
      : K extends { readonly kind: 'integer' }
        ? number
        : K extends { readonly kind: 'choice'; readonly values: readonly (infer V)[] }
          ? V
          : K extends { readonly kind: 'list'; readonly of: infer I }
            ? readonly ValueOf<I>[]
            : K extends { readonly kind: 'map'; readonly of: infer I }
              ? Readonly<Record<string, ValueOf<I>>>
              : K extends { readonly kind: 'record'; readonly fields: infer F }
                ? RecordOf<F>
                : K extends { readonly kind: 'either'; readonly of: readonly (infer I)[] }
                  ? ValueOf<I>
                  : never;

/** The TypeScript type of a map that passed `checkValue` with these fields. */
export type RecordOf<F> = {
  readonly [K in keyof F as F[K] extends { required: true } ? K : never]: F[K] extends { kind: infer I }
    ? ValueOf<I>
    : never;
} & {
  readonly [K in keyof F as F[K] extends { required: true } ? never : K]?: F[K] extends { kind: infer I }
    ? ValueOf<I>
    : never;
};

export const string = { kind: 'string' } as const;
export const boolean = { kind: 'boolean' } as const;

/**
 * A string that matches a pattern.
 * @param expected completes the sentence "must be …" @param suggestions candidates for "did you mean"
 */
export function stringLike(pattern: RegExp, expected: string, suggestions: readonly string[] = []) {
  return { kind: 'string', pattern, expected, suggestions } as const;
}

export function integer(min: number = Number.MIN_SAFE_INTEGER, max: number = Number.MAX_SAFE_INTEGER) {
  return { kind: 'integer', min, max } as const;
}

/** An int64 of the OCI runtime spec. */
export function int64(min = -(2n ** 63n)) {
  return { kind: 'integer64', min, max: 2n ** 63n - 1n } as const;
}

/** A uint64 of the OCI runtime spec. */
export function uint64(max = 2n ** 64n - 1n) {
  return { kind: 'integer64', min: 0n, max } as const;
}

export function choice<const V extends readonly string[]>(...values: V) {
  return { kind: 'choice', values } as const;
}

export function list<const K extends Kind>(of: K) {
  return { kind: 'list', of } as const;
}

/** A map with arbitrary keys. */
export function map<const K extends Kind>(of: K) {
  return { kind: 'map', of } as const;
}

/**
 * A map with known keys.
 * @param rules `exactlyOneOf`: keys of which exactly one must be present; the value `false` counts as absent
 */
export function record<const F extends Fields>(
  fields: F,
  rules: {
    readonly exactlyOneOf?: readonly (keyof F & string)[];
    readonly elsewhere?: Readonly<Record<string, string>>;
  } = {},
) {
  return { kind: 'record', fields, ...rules } as const;
}

export function either<const K extends readonly Kind[]>(...of: K) {
  return { kind: 'either', of } as const;
}
