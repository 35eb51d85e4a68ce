import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
  type YAMLMap,
} from 'yaml';
import { KitError, KitErrors, reasonOf, type SourcePosition } from '../../lib/errors/errors.ts';
import type { KeyPath } from './check.ts';
import { refuseDepth } from './depth.ts';
import { quote } from './quote.ts';

/** Limits in characters and lines, above any real manifest; they bound the time that parsing takes. */
export const sizeLimit = 1 << 20;
const lineLimit = 50_000;

/** The first YAML document of a file: its plain value, and the position of everything in it. */
export interface YamlDocument {
  /** Undefined for a file without content besides comments. */
  readonly value: unknown;
  /** The position of a value, or of its key; of the nearest enclosing value if there is no such value. */
  readonly place: (path: KeyPath, onKey?: boolean) => SourcePosition;
  /** Every string with this prefix, keys included, in document order. */
  readonly texts: (prefix: string) => { readonly text: string; readonly place: SourcePosition }[];
}

/**
 * Parses the first document of a YAML file.
 * @param file its name in messages @param replacements strings to replace, keys included
 * @throws KitErrors with every syntax error, KitError
 */
export function readYaml(
  text: string,
  file: string,
  replacements: ReadonlyMap<string, string> = new Map(),
): YamlDocument {
  if (text.length > sizeLimit) {
    throw new KitError(`Cannot read "${file}": it has ${text.length} characters, the limit is ${sizeLimit}`);
  }
  if (countLines(text) > lineLimit)
    throw new KitError(`Cannot read "${file}": it has more than ${lineLimit} lines`);
  const lines = new LineCounter();
  const tokens = firstDocument(text, lines);
  const at = (offset: number): SourcePosition => placeAt(text, file, lines, offset);
  refuseDepth(tokens, at);
  const document = compose(tokens, at);
  const failures = document ? [...syntaxErrors(document, at), ...duplicateKeys(document, at)] : [];
  if (failures.length > 0) throw new KitErrors(failures);
  if (document && replacements.size > 0) replaceTexts(document, replacements);
  const place = (path: KeyPath, onKey = false): SourcePosition =>
    at(document ? offsetOf(document, path, onKey) : 0);
  const texts = (prefix: string) => (document ? textsOf(document, prefix, at) : []);
  return { value: document && plainValue(document, at), place, texts };
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function replaceTexts(document: Document, replacements: ReadonlyMap<string, string>): void {
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string') node.value = replacements.get(node.value) ?? node.value;
    },
  });
}

function textsOf(
  document: Document,
  prefix: string,
  at: (offset: number) => SourcePosition,
): { text: string; place: SourcePosition }[] {
  const found: { text: string; place: SourcePosition }[] = [];
  visit(document, {
    Scalar(_, node) {
      const { value } = node;
      if (typeof value !== 'string' || !value.startsWith(prefix)) return;
      found.push({ text: value, place: at(startOf(node)) });
    },
  });
  return found;
}

/** Tokens of the first document. LinuxKit ignores further ones, too. */
function firstDocument(text: string, lines: LineCounter): CST.Token[] {
  const tokens: CST.Token[] = [];
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    if (token.type === 'document' && tokens.some(({ type }) => type === 'document')) break;
    tokens.push(token);
  }
  return tokens;
}

function compose(tokens: CST.Token[], at: (offset: number) => SourcePosition): Document | undefined {
  try {
    // uniqueKeys takes quadratic time; duplicateKeys below does the same in one pass.
    const composer = new Composer({
      ...{ prettyErrors: false, uniqueKeys: false, merge: true, intAsBigInt: true },
      // Otherwise it prints a warning of Node's for a key that is a map or a list.
      logLevel: 'error',
    });
    for (const document of composer.compose(tokens)) return withNumbers(document as Document);
    return undefined;
  } catch (thrown) {
    throw new KitError(`invalid YAML: ${reasonOf(thrown)}`, { place: at(0), cause: thrown });
  }
}

/** Integers become numbers again, all but those that a number would round. */
function withNumbers(document: Document): Document {
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'bigint') return;
      const number = Number(node.value);
      if (Number.isSafeInteger(number)) node.value = number;
    },
  });
  return document;
}

/** One mistake often causes many follow-up errors: only the first few are reported. */
const errorLimit = 5;

function syntaxErrors(document: Document, at: (offset: number) => SourcePosition): KitError[] {
  // The library only warns about unknown tags, so they would be dropped silently.
  const tags = document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED');
  return [...document.errors, ...tags].slice(0, errorLimit).map(
    (error) =>
      new KitError(`invalid YAML: ${lowerFirst(error.message)}`, {
        place: at(error.pos[0]),
        hint: error.message.includes('reserved character @')
          ? 'put it in quotes: "@pkg:./folder"'
          : undefined,
      }),
  );
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function duplicateKeys(document: Document, at: (offset: number) => SourcePosition): KitError[] {
  const found: KitError[] = [];
  visit(document, {
    Map(_, node) {
      const seen = new Set<string>();
      for (const { key } of node.items) {
        const name = keyText(key);
        if (seen.has(name) && name !== '<<' && found.length < errorLimit) {
          found.push(new KitError(`duplicate key ${quote(name)}`, { place: at(startOf(key)) }));
        }
        seen.add(name);
      }
    },
  });
  return found;
}

function plainValue(document: Document, at: (offset: number) => SourcePosition): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (thrown) {
    throw new KitError(`invalid YAML: ${lowerFirst(reasonOf(thrown))}`, { place: at(0), cause: thrown });
  }
}

/** Follows the path as far as it exists, through aliases. */
function offsetOf(document: Document, path: KeyPath, onKey: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [index, step] of path.entries()) {
    const pair = isMap(node) ? pairOf(node, String(step)) : undefined;
    if (isMap(node) && !pair) return offset;
    const isLast = index === path.length - 1;
    const next: unknown = pair ? (onKey && isLast ? pair.key : (pair.value ?? pair.key)) : itemOf(node, step);
    if (next === undefined) return offset;
    offset = startOf(next) || offset;
    node = isAlias(next) ? next.resolve(document) : next;
  }
  return offset;
}

const pairOf = (map: YAMLMap, key: string) => map.items.find((pair) => keyText(pair.key) === key);

const itemOf = (node: unknown, step: string | number): unknown =>
  isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;

const keyText = (key: unknown): string => String(isScalar(key) ? key.value : key);

function startOf(node: unknown): number {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) ? Number(range[0]) : 0;
}

export function placeAt(text: string, file: string, lines: LineCounter, offset: number): SourcePosition {
  const { line, col } = lines.linePos(offset);
  const start = lines.lineStarts[line - 1] ?? 0;
  const end = lines.lineStarts[line] ?? text.length + 1;
  return { file, line, column: col, text: text.slice(start, end - 1).replace(/\r$/, '') };
}
