/**
 * The shapes a value of the manifest may have, as plain data: the parser, its messages, the TypeScript types and
 * (from the same rows) schema and documentation all come from it.
 */
export type Kind =
  | {
      readonly kind: 'text';
      readonly want?: string;
      readonly pattern?: RegExp;
      readonly near?: readonly string[];
    }
  | { readonly kind: 'flag' }
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: Kind }
  | { readonly kind: 'map'; readonly of: Kind }
  | { readonly kind: 'record'; readonly fields: Fields; readonly exactlyOneOf?: readonly string[] }
  | { readonly kind: 'either'; readonly of: readonly Kind[] };

/** One row of the table of fields. */
export interface Field {
  readonly kind: Kind;
  /** One sentence for people. */
  readonly help: string;
  /** What holds when the key is absent, in words; nothing when that says itself. */
  readonly default?: string;
  readonly required?: true;
  /** Required, too, but not when the neighbour `key` has this value. */
  readonly requiredUnless?: { readonly key: string; readonly is: string };
  /** How it combines with what a label or an earlier manifest says, where it does not simply replace it. */
  readonly merge?: string;
  /** What comes of it: a key of config.json (`linux.sysctl`), or words. */
  readonly effect?: string;
  /** A value that passes. */
  readonly example?: unknown;
  /** What LinuxKit makes of it, where that is no more than a bug. */
  readonly linuxkit?: string;
}

export type Fields = Readonly<Record<string, Field>>;

/** The type of a value that passed `checkValue` with this kind. */
export type ValueOf<K> = K extends { readonly kind: 'text' }
  ? string
  : K extends { readonly kind: 'flag' }
    ? boolean
    : K extends { readonly kind: 'whole' }
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

/** The type of a map that passed `checkValue` with these fields. */
export type RecordOf<F> = {
  readonly [K in keyof F as F[K] extends { required: true } ? K : never]: F[K] extends { kind: infer I }
    ? ValueOf<I>
    : never;
} & {
  readonly [K in keyof F as F[K] extends { required: true } ? never : K]?: F[K] extends { kind: infer I }
    ? ValueOf<I>
    : never;
};

export const text = { kind: 'text' } as const;
export const flag = { kind: 'flag' } as const;

/** Text of a certain form. @param want completes the sentence "must be …" @param near what a mistyped one is compared with */
export function textLike(pattern: RegExp, want: string, near: readonly string[] = []) {
  return { kind: 'text', pattern, want, near } as const;
}

export function whole(min: number = Number.MIN_SAFE_INTEGER, max: number = Number.MAX_SAFE_INTEGER) {
  return { kind: 'whole', min, max } as const;
}

export function choice<const V extends readonly string[]>(...values: V) {
  return { kind: 'choice', values } as const;
}

export function list<const K extends Kind>(of: K) {
  return { kind: 'list', of } as const;
}

export function map<const K extends Kind>(of: K) {
  return { kind: 'map', of } as const;
}

/** A map of known keys. @param rules `exactlyOneOf`: keys of which one, and only one, has to be there; `false` is as good as absent */
export function record<const F extends Fields>(
  fields: F,
  rules: { readonly exactlyOneOf?: readonly (keyof F & string)[] } = {},
) {
  return { kind: 'record', fields, ...rules } as const;
}

export function either<const K extends readonly Kind[]>(...of: K) {
  return { kind: 'either', of } as const;
}
