import { LineCounter, parseDocument, Scalar, type ScalarTag, visit } from 'yaml';
import { KitError } from '../errors/errors.ts';
import { rememberLines } from './yaml-lines.ts';

/** A YAML value with text as its only scalar, and bytes for `!!binary`; nothing (`null`, `~`) is ''. */
export type YamlValue = string | Buffer | readonly YamlValue[] | YamlMap;

export interface YamlMap {
  readonly [key: string]: YamlValue;
}

export interface ParsedYaml {
  readonly tree: YamlValue;
  /** What was read differently from what its author may have meant, one sentence each. */
  readonly notes: readonly string[];
}

/** Limits the expansion of aliases ("billion laughs"). */
const maximalAliases = 100;

/** Notes of one text. */
const maximalNotes = 10;

/**
 * Reads YAML (and so JSON) with every scalar as text: `0644`, `007` and `no` keep their spelling. Like
 * PyYAML, which cloud-init uses, it merges `<<`, and the last of equal keys counts. This is the only YAML
 * that the guest parses. It is cloud-init's, full of quoting and block scalars, so a complete parser is
 * needed. The provider limits the length of the text.
 * @throws KitError with `what` and the line
 */
export function parseYaml(text: string, what: string): ParsedYaml {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    ...{ schema: 'failsafe', merge: true, customTags: [nothing, binary], prettyErrors: true },
    // Otherwise it prints a warning of Node's for a key that is a map or a list.
    logLevel: 'error',
  });
  const repeated = document.errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  const [error] = document.errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  if (error) throw new KitError(`Cannot read ${what}: ${firstLine(error.message)}`);
  const notes = [
    ...repeated.map(
      ({ linePos }) => `a key occurs twice in ${what}, line ${linePos?.[0].line}: the last counts`,
    ),
    ...document.warnings.map(({ message }) => `read as plain text in ${what}: ${firstLine(message)}`),
  ].slice(0, maximalNotes);
  // `{a}` has the key "a" without a value, and no node to be one.
  visit(document, {
    Pair: (_key, pair) => {
      pair.value ??= new Scalar('');
    },
  });
  try {
    const tree = document.toJS({ maxAliasCount: maximalAliases }) ?? '';
    rememberLines(document, tree, { what, lineOf: (offset) => lineCounter.linePos(offset).line });
    return { tree, notes };
  } catch (error) {
    throw new KitError(`Cannot read ${what}: too many aliases`, { cause: error });
  }
}

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').replace(/:$/, '');

const nothing: ScalarTag = {
  tag: 'tag:yaml.org,2002:null',
  default: true,
  test: /^(?:~|[Nn]ull|NULL)?$/,
  resolve: () => '',
};

const binary: ScalarTag = {
  tag: 'tag:yaml.org,2002:binary',
  default: false,
  resolve: (text, onError) => {
    const bytes = decodeBase64(text);
    if (bytes === undefined) onError('!!binary is not base64');
    return bytes ?? '';
  },
};

/** The bytes of base64 that may be wrapped; undefined for anything else, which Buffer.from would accept. */
export function decodeBase64(text: string): Buffer | undefined {
  const digits = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/]*={0,2}$/.test(digits) && digits.replace(/=+$/, '').length % 4 !== 1
    ? Buffer.from(digits, 'base64')
    : undefined;
}

/** The value of a key when the tree is a map that has it. */
export function valueAt(tree: YamlValue | undefined, key: string): YamlValue | undefined {
  return isMap(tree) && Object.hasOwn(tree, key) ? tree[key] : undefined;
}

/** The text of a key; undefined when it is missing, empty or no text. */
export function textAt(tree: YamlValue | undefined, key: string): string | undefined {
  const value = valueAt(tree, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a key has what YAML 1.1 and cloud-init take for true. */
export function isTrueAt(tree: YamlValue | undefined, key: string): boolean {
  return /^(true|yes|on|1)$/i.test(textAt(tree, key) ?? '');
}

/** All texts in a list or in the values of a map, nested ones included; a single text is a list of one. */
export function textsOf(tree: YamlValue | undefined): string[] {
  if (typeof tree === 'string') return [tree];
  if (Buffer.isBuffer(tree)) return [tree.toString('utf8')];
  if (isList(tree)) return tree.flatMap(textsOf);
  return isMap(tree) ? Object.values(tree).flatMap(textsOf) : [];
}

export function isList(tree: YamlValue | undefined): tree is readonly YamlValue[] {
  return Array.isArray(tree);
}

export function isMap(tree: YamlValue | undefined): tree is YamlMap {
  return typeof tree === 'object' && !isList(tree) && !Buffer.isBuffer(tree);
}
