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
import type { Path } from './check.ts';
import { refuseDepth } from './depth.ts';
import { quote } from './quote.ts';

/** A manifest larger than this, in characters, is a mistake; nothing here may take long on it. */
export const sizeLimit = 1 << 20;
const lineLimit = 50_000;

/** The first YAML document of a text, as plain values that remember where they stood. */
export interface YamlDocument {
  /** Undefined for a text of comments only. */
  readonly value: unknown;
  /** Where the value, or its key, stands; else the nearest value around it. */
  readonly place: (path: Path, onKey?: boolean) => SourcePosition;
  /** Every text, keys too, that begins so, in order. */
  readonly texts: (prefix: string) => { readonly text: string; readonly place: SourcePosition }[];
}

/**
 * @param file what messages call the text @param replacements what stands for some of its texts, keys too
 * @throws KitErrors, KitError with every syntax error
 */
export function readYaml(
  text: string,
  file: string,
  replacements: ReadonlyMap<string, string> = new Map(),
): YamlDocument {
  if (text.length > sizeLimit) {
    throw new KitError(
      `Cannot read "${file}": ${text.length} characters are more than the limit of ${sizeLimit}`,
    );
  }
  if (countLines(text) > lineLimit)
    throw new KitError(`Cannot read "${file}": it has more lines than the limit of ${lineLimit}`);
  const lines = new LineCounter();
  const tokens = firstDocument(text, lines);
  const at = (offset: number): SourcePosition => placeAt(text, file, lines, offset);
  refuseDepth(tokens, at);
  const document = compose(tokens, at);
  const failures = document ? [...syntaxErrors(document, at), ...duplicateKeys(document, at)] : [];
  if (failures.length > 0) throw new KitErrors(failures);
  if (document && replacements.size > 0) replaceTexts(document, replacements);
  const place = (path: Path, onKey = false): SourcePosition =>
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

/** Tokens up to the end of the first document: LinuxKit reads no further. */
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
    // uniqueKeys compares every key with every other; duplicateKeys below does it in one pass.
    const composer = new Composer({ prettyErrors: false, uniqueKeys: false, merge: true });
    for (const document of composer.compose(tokens)) return document as Document;
    return undefined;
  } catch (thrown) {
    throw new KitError(`this is not YAML: ${reasonOf(thrown)}`, { place: at(0), cause: thrown });
  }
}

/** One mistake makes the parser stumble many times: the first few say it all. */
const errorLimit = 5;

function syntaxErrors(document: Document, at: (offset: number) => SourcePosition): KitError[] {
  // A tag that means nothing to us would be dropped without a word.
  const tags = document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED');
  return [...document.errors, ...tags].slice(0, errorLimit).map(
    (error) =>
      new KitError(`this is not YAML: ${lowerFirst(error.message)}`, {
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
          found.push(new KitError(`key ${quote(name)} is there twice`, { place: at(startOf(key)) }));
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
    throw new KitError(`this is not YAML: ${lowerFirst(reasonOf(thrown))}`, { place: at(0), cause: thrown });
  }
}

/** Walks down as far as the path exists, through aliases. */
function offsetOf(document: Document, path: Path, onKey: boolean): number {
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

function placeAt(text: string, file: string, lines: LineCounter, offset: number): SourcePosition {
  const { line, col } = lines.linePos(offset);
  const start = lines.lineStarts[line - 1] ?? 0;
  const end = lines.lineStarts[line] ?? text.length + 1;
  return { file, line, column: col, text: text.slice(start, end - 1).replace(/\r$/, '') };
}
