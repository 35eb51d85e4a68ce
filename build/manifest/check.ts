import type { Field, Fields, Kind } from './kinds.ts';
import { didYouMean } from './nearest.ts';
import { quote } from './quote.ts';

/** Keys and indexes from the top of the document: `['services', 0, 'image']`. */
export type Path = readonly (string | number)[];

/** What is wrong with the value at `path`, or with the key itself that `path` ends in. */
export interface Problem {
  readonly path: Path;
  /** The sentence, made only when it is shown: finding the nearest key takes time. */
  readonly say: () => string;
  readonly onKey?: boolean;
}

export type Report = (problem: Problem) => void;

/** Says everything about `value` that is not as `kind` wants it. True when there was nothing to say. */
export function checkValue(kind: Kind, value: unknown, path: Path, report: Report): boolean {
  switch (kind.kind) {
    case 'list':
      return checkList(kind.of, value, path, report);
    case 'map':
    case 'record':
      return checkMap(kind, value, path, report);
    default:
      return fits(kind, value) || wrong(kind, value, path, report);
  }
}

/** `services[0].image`; the document itself is `the manifest`. */
export function pathText(path: Path): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  return steps.join('').replace(/^\./, '') || 'the manifest';
}

/** The value in a few words, quoted and shortened: `the number 5`, `a list`, `"abc"`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined) return 'nothing';
  return typeof value === 'object' ? 'a map' : `the ${typeof value} ${String(value)}`;
}

function checkList(of: Kind, value: unknown, path: Path, report: Report): boolean {
  if (!Array.isArray(value)) return wrong({ kind: 'list', of }, value, path, report);
  return value.map((item, at) => checkValue(of, item, [...path, at], report)).every(Boolean);
}

type MapKind = Extract<Kind, { kind: 'map' | 'record' }>;

function checkMap(kind: MapKind, value: unknown, path: Path, report: Report): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return wrong(kind, value, path, report);
  const pairs = Object.entries(value);
  if (kind.kind === 'map') {
    return pairs.map(([key, item]) => checkValue(kind.of, item, [...path, key], report)).every(Boolean);
  }
  const fine = pairs.map(([key, item]) => checkKey(kind.fields, key, item, path, report)).every(Boolean);
  const whole = checkRequired(kind.fields, value, path, report);
  return checkOneOf(kind.exactlyOneOf, value, path, report) && whole && fine;
}

function checkKey(fields: Fields, key: string, value: unknown, path: Path, report: Report): boolean {
  const field: Field | undefined = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (field) return checkValue(field.kind, value, [...path, key], report);
  const say = () => `unknown key ${quote(key)} in ${pathText(path)}${didYouMean(key, Object.keys(fields))}`;
  report({ path: [...path, key], say, onKey: true });
  return false;
}

function checkRequired(fields: Fields, value: object, path: Path, report: Report): boolean {
  const at = (key: string): unknown => (Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined);
  const missing = Object.entries(fields).filter(([key, { required, requiredUnless: unless }]) => {
    return at(key) === undefined && (required || (unless && at(unless.key) !== unless.is));
  });
  for (const [key] of missing) report({ path, say: () => `${pathText(path)} has no "${key}"` });
  return missing.length === 0;
}

function checkOneOf(keys: readonly string[] | undefined, value: object, path: Path, report: Report): boolean {
  if (!keys) return true;
  const quoted = (names: readonly string[], between: string) => names.map((key) => `"${key}"`).join(between);
  const given = keys.filter((key) => Object.hasOwn(value, key) && Reflect.get(value, key) !== false);
  if (given.length === 0) report({ path, say: () => `${pathText(path)} needs one of ${quoted(keys, ', ')}` });
  if (given.length > 1) {
    const say = () => `${pathText(path)} has ${quoted(given, ' and ')}: only one of them can be`;
    report({ path, say });
  }
  return given.length === 1;
}

function fits(kind: Kind, value: unknown): boolean {
  if (kind.kind === 'text') return typeof value === 'string' && (kind.pattern?.test(value) ?? true);
  if (kind.kind === 'flag') return typeof value === 'boolean';
  if (kind.kind === 'choice') return typeof value === 'string' && kind.values.includes(value);
  if (kind.kind === 'either') return kind.of.some((one) => checkValue(one, value, [], () => {}));
  return kind.kind === 'whole' && Number.isSafeInteger(value) && within(Number(value), kind);
}

const within = (value: number, { min, max }: { min: number; max: number }) => value >= min && value <= max;

function wrong(kind: Kind, value: unknown, path: Path, report: Report): false {
  report({
    path,
    say: () => `${pathText(path)} must be ${want(kind)}, not ${describe(value)}${advice(kind, value)}`,
  });
  return false;
}

/** What a value has to be, in words that complete "must be …". */
export function want(kind: Kind): string {
  switch (kind.kind) {
    case 'text':
      return kind.want ?? 'text';
    case 'flag':
      return 'true or false';
    case 'whole':
      return wantWhole(kind);
    case 'choice':
      return `one of ${kind.values.map((value) => `"${value}"`).join(', ')}`;
    case 'list':
      return 'a list';
    case 'either':
      return kind.of.map(want).join(' or ');
    default:
      return 'a map';
  }
}

function wantWhole({ min, max }: { min: number; max: number }): string {
  if (max < Number.MAX_SAFE_INTEGER) return `a whole number from ${min} to ${max}`;
  return min > Number.MIN_SAFE_INTEGER ? `a whole number, ${min} or more` : 'a whole number';
}

/** The way out of the mistakes that YAML invites: `0644` is a number, `yes` is text, a key with all below it commented out. */
function advice(kind: Kind, value: unknown): string {
  if (kind.kind === 'list' && value === null) return ' (write [] for none)';
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  if (kind.kind === 'text' && scalar && !kind.pattern) return ` (put it in quotes: "${value}")`;
  if (kind.kind === 'text' && scalar) return ' (put it in quotes)';
  if (kind.kind === 'flag' && typeof value === 'string' && /^(yes|on|no|off)$/i.test(value)) {
    return ` (write ${/^(yes|on)$/i.test(value) ? 'true' : 'false'})`;
  }
  if (typeof value !== 'string') return '';
  if (kind.kind === 'choice') return didYouMean(value, kind.values);
  return kind.kind === 'text' ? didYouMean(value, kind.near ?? []) : '';
}
