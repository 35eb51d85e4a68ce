/** One setting of a service: its type, its limits, and where its value may come from. */
export type Row = RowType & RowSource;

type RowType =
  | { readonly type: 'string'; readonly choices?: readonly string[] }
  | { readonly type: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly type: 'number'; readonly min?: number; readonly max?: number }
  /** A flag without a value; in a variable or a file: true or false. */
  | { readonly type: 'boolean' }
  /**
   * JSON, of a variable or a file above all. `check` returns the typed value, or throws what is wrong with
   * it.
   */
  | { readonly type: 'json'; readonly check: (value: unknown) => unknown };

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

type One<R extends Row> = R extends { type: 'string'; choices: readonly (infer C)[] }
  ? C
  : R extends { type: 'string' }
    ? string
    : R extends { type: 'integer' | 'number' }
      ? number
      : R extends { type: 'boolean' }
        ? boolean
        : R extends { check: (value: unknown) => infer T }
          ? T
          : never;

/** The value of a row: a list for `multiple`; undefined only without a default, unless it is required. */
type Value<R extends Row> = R extends { multiple: true }
  ? readonly One<R>[]
  : R extends { required: true } | { default: string | number | boolean | object } | { type: 'boolean' }
    ? One<R>
    : One<R> | undefined;

export type Values<T extends Table> = { readonly [K in keyof T]: Value<T[K]> };

/** Why a text is not a value of the row: `not a whole number from 1 to 65535`. */
export class Unfit extends Error {}

/** The value that a text stands for. @throws Unfit */
export function readValue(row: Row, text: string): unknown {
  if (row.type === 'string') {
    if (row.choices && !row.choices.includes(text)) throw new Unfit(`not one of ${row.choices.join(', ')}`);
    return text;
  }
  if (row.type === 'boolean') {
    if (/^(?:true|yes|1)$/i.test(text)) return true;
    if (/^(?:false|no|0)$/i.test(text)) return false;
    throw new Unfit('not true or false');
  }
  if (row.type === 'json') return readJson(row.check, text);
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = row;
  const form = row.type === 'integer' ? /^-?\d{1,15}$/ : /^-?\d{1,15}(?:\.\d{1,15})?$/;
  const number = Number(text);
  if (form.test(text) && number >= min && number <= max) return number;
  throw new Unfit(`not a ${row.type === 'integer' ? 'whole number' : 'number'}${rangeText(row)}`);
}

function rangeText({ min, max }: { readonly min?: number; readonly max?: number }): string {
  const from = min === undefined ? '' : ` from ${min}`;
  return max === undefined ? from : `${from}${from === '' ? ' up' : ''} to ${max}`;
}

function readJson(check: (value: unknown) => unknown, text: string): unknown {
  try {
    return check(JSON.parse(text));
  } catch (thrown) {
    // A parser's message quotes the text, which may be secret.
    if (thrown instanceof SyntaxError) throw new Unfit('not JSON');
    throw new Unfit(thrown instanceof Error ? thrown.message : String(thrown));
  }
}
