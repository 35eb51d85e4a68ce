import type { Field, Fields, Kind } from './kinds.ts';
import { didYouMean } from './nearest.ts';
import { quote } from './quote.ts';

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
export function checkValue(kind: Kind, value: unknown, path: KeyPath, report: Report): boolean {
  switch (kind.kind) {
    case 'list':
      return checkList(kind.of, value, path, report);
    case 'map':
    case 'record':
      return checkMap(kind, value, path, report);
    case 'either':
      return checkEither(kind.of, value, path, report);
    default:
      return fits(kind, value) || mismatch(kind, value, path, report);
  }
}

/** `services[0].image`; the root is `the manifest`. */
export function pathText(path: KeyPath): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  return steps.join('').replace(/^\./, '') || 'the manifest';
}

/** A short description of the value for messages: `the number 5`, `a list`, `"abc"`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'bigint') return `the number ${value}`;
  return typeof value === 'object' ? 'a map' : `the ${typeof value} ${String(value)}`;
}

function checkList(of: Kind, value: unknown, path: KeyPath, report: Report): boolean {
  if (!Array.isArray(value)) return mismatch({ kind: 'list', of }, value, path, report);
  return value.map((item, at) => checkValue(of, item, [...path, at], report)).every(Boolean);
}

/** Of a map or a list that is wrong inside, the error says what is wrong. */
function checkEither(of: readonly Kind[], value: unknown, path: KeyPath, report: Report): boolean {
  if (of.some((one) => checkValue(one, value, [], () => {}))) return true;
  const shape = Array.isArray(value) ? 'list' : 'record';
  const meant = typeof value === 'object' && value !== null && of.find(({ kind }) => kind === shape);
  return meant
    ? checkValue(meant, value, path, report)
    : mismatch({ kind: 'either', of }, value, path, report);
}

type MapKind = Extract<Kind, { kind: 'map' | 'record' }>;
type RecordKind = Extract<Kind, { kind: 'record' }>;

function checkMap(kind: MapKind, value: unknown, path: KeyPath, report: Report): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return mismatch(kind, value, path, report);
  const pairs = Object.entries(value);
  if (kind.kind === 'map') {
    return pairs.map(([key, item]) => checkValue(kind.of, item, [...path, key], report)).every(Boolean);
  }
  const valid = pairs.map(([key, item]) => checkKey(kind, key, item, path, report)).every(Boolean);
  const complete = checkRequired(kind.fields, value, path, report);
  return checkOneOf(kind.exactlyOneOf, value, path, report) && complete && valid;
}

function checkKey(kind: RecordKind, key: string, value: unknown, path: KeyPath, report: Report): boolean {
  const { fields, elsewhere = {} } = kind;
  const field: Field | undefined = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (field) return checkValue(field.kind, value, [...path, key], report);
  const message = () =>
    Object.hasOwn(elsewhere, key)
      ? `${key} means nothing in ${pathText(path)}: it is for ${elsewhere[key]}`
      : `unknown key ${quote(key)} in ${pathText(path)}${didYouMean(key, Object.keys(fields))}`;
  report({ path: [...path, key], message, onKey: true });
  return false;
}

function checkRequired(fields: Fields, value: object, path: KeyPath, report: Report): boolean {
  const at = (key: string): unknown => (Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined);
  const missing = Object.entries(fields).filter(([key, { required, requiredUnless: unless }]) => {
    return at(key) === undefined && (required || (unless && at(unless.key) !== unless.is));
  });
  for (const [key] of missing) report({ path, message: () => `${pathText(path)} has no "${key}"` });
  return missing.length === 0;
}

function checkOneOf(
  keys: readonly string[] | undefined,
  value: object,
  path: KeyPath,
  report: Report,
): boolean {
  if (!keys) return true;
  const quoted = (names: readonly string[], between: string) => names.map((key) => `"${key}"`).join(between);
  const given = keys.filter((key) => Object.hasOwn(value, key) && Reflect.get(value, key) !== false);
  if (given.length === 0)
    report({ path, message: () => `${pathText(path)} needs one of ${quoted(keys, ', ')}` });
  if (given.length > 1) {
    const message = () => `${pathText(path)} has ${quoted(given, ' and ')}: only one of them is allowed`;
    report({ path, message });
  }
  return given.length === 1;
}

function fits(kind: Kind, value: unknown): boolean {
  if (kind.kind === 'string') return typeof value === 'string' && (kind.pattern?.test(value) ?? true);
  if (kind.kind === 'boolean') return typeof value === 'boolean';
  if (kind.kind === 'choice') return typeof value === 'string' && kind.values.includes(value);
  if (kind.kind === 'integer64') return isInteger(value) && within(value, kind);
  return kind.kind === 'integer' && Number.isSafeInteger(value) && within(Number(value), kind);
}

const isInteger = (value: unknown): value is number | bigint =>
  typeof value === 'bigint' || Number.isSafeInteger(value);

interface Bounds<T> {
  readonly min: T;
  readonly max: T;
}

const within = <T extends number | bigint>(value: number | bigint, { min, max }: Bounds<T>) =>
  value >= min && value <= max;

function mismatch(kind: Kind, value: unknown, path: KeyPath, report: Report): false {
  const message = () =>
    `${pathText(path)} must be ${kindText(kind)}, not ${describe(value)}${advice(kind, value)}`;
  report({ path, message });
  return false;
}

/** The kind in words that complete "must be …". */
export function kindText(kind: Kind): string {
  switch (kind.kind) {
    case 'string':
      return kind.expected ?? 'a string';
    case 'boolean':
      return 'true or false';
    case 'integer':
    case 'integer64':
      return integerText(kind);
    case 'choice':
      return `one of ${kind.values.map((value) => `"${value}"`).join(', ')}`;
    case 'list':
      return 'a list';
    case 'either':
      return kind.of.map(kindText).join(' or ');
    default:
      return 'a map';
  }
}

/** The limits of numbers and of 64-bit integers are left out: they are not those of the field itself. */
function integerText({ min, max }: Bounds<number> | Bounds<bigint>): string {
  const isLimited = max < Number.MAX_SAFE_INTEGER;
  if (isLimited) return `an integer from ${min} to ${max}`;
  return min > Number.MIN_SAFE_INTEGER ? `an integer, ${min} or more` : 'an integer';
}

/**
 * How to fix the usual YAML mistakes: `0644` is a number, `yes` is a string (YAML 1.2), a key whose items are
 * all commented out is null.
 */
function advice(kind: Kind, value: unknown): string {
  if (kind.kind === 'list' && value === null) return ' (write [] for none)';
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  if (kind.kind === 'string' && scalar && !kind.pattern) return ` (put it in quotes: "${value}")`;
  if (kind.kind === 'string' && scalar) return ' (put it in quotes)';
  if (kind.kind === 'boolean' && typeof value === 'string' && /^(yes|on|no|off)$/i.test(value)) {
    return ` (write ${/^(yes|on)$/i.test(value) ? 'true' : 'false'})`;
  }
  if (
    (kind.kind === 'integer' || kind.kind === 'integer64') &&
    isInteger(value) &&
    value > kind.max &&
    kind.max >= Number.MAX_SAFE_INTEGER
  )
    return ` (at most ${kind.max})`;
  if (typeof value !== 'string') return '';
  if (kind.kind === 'choice') return didYouMean(value, kind.values);
  return kind.kind === 'string' ? didYouMean(value, kind.suggestions ?? []) : '';
}
