import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { SourcePosition } from '../../lib/errors/errors.ts';
import { placeAt } from '../manifest/yaml-document.ts';

interface Comment {
  readonly offset: number;
  /** With its `#`. */
  readonly text: string;
}

/** The first document of a YAML file, which has been checked, and where everything is in it. */
export class Source {
  readonly text: string;
  readonly document: Document;
  /** How its lines end. */
  readonly eol: string;
  readonly #file: string;
  readonly #lines = new LineCounter();
  readonly #comments: readonly Comment[];

  constructor(text: string, file: string) {
    this.text = text;
    this.#file = file;
    this.eol = text.includes('\r\n') ? '\r\n' : '\n';
    this.document = parseDocument(text, {
      ...{ keepSourceTokens: true, merge: true, uniqueKeys: false },
      ...{ prettyErrors: false, logLevel: 'error' },
    });
    const found: Comment[] = [];
    for (const token of new Parser(this.#lines.addNewLine).parse(text)) gatherComments(token, found);
    this.#comments = found;
  }

  placeAt(offset: number): SourcePosition {
    return placeAt(this.text, this.#file, this.#lines, offset);
  }

  /** The map of the file; undefined for a file without one. */
  get root(): YAMLMap | undefined {
    const node = this.resolved(this.document.contents);
    return isMap(node) ? node : undefined;
  }

  resolved(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  pair(map: YAMLMap, key: string) {
    return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
  }

  /** The list of a key of the file, and the offset of the key. */
  list(key: string): YAMLSeq | undefined {
    const value = this.root && this.resolved(this.pair(this.root, key)?.value);
    return isSeq(value) ? value : undefined;
  }

  lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Behind the newline that ends the line. */
  nextLine(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    return end < 0 ? this.text.length : end + 1;
  }

  /** The spaces at the start of the line; undefined if there is anything else before the offset. */
  indent(offset: number): string | undefined {
    const before = this.text.slice(this.lineStart(offset), offset);
    return /^[ \uFEFF]*$/.test(before) ? before.replace('\uFEFF', '') : undefined;
  }

  /** The comments that begin in a range. */
  commentsIn(start: number, end: number): string[] {
    return this.#comments.filter(({ offset }) => offset >= start && offset < end).map(({ text }) => text);
  }

  /** Behind the last thing of a node that is neither a comment nor white space. */
  end(node: unknown): number {
    if (isPair(node)) return Math.max(this.end(node.key), this.end(node.value));
    if (isCollection(node) && !node.flow) {
      const last = node.items.at(-1);
      return last === undefined ? startOf(node) : this.end(last);
    }
    const [start = 0, end = 0] = rangeOf(node);
    return start + this.text.slice(start, end).trimEnd().length;
  }

  /** Whether something outside of the node repeats a part of it by an alias. */
  isRepeated(node: unknown): boolean {
    const [start = 0, end = 0] = rangeOf(node);
    let found = false;
    visit(this.document, {
      Alias: (_key, alias) => {
        const target = rangeOf(alias.resolve(this.document))[0] ?? 0;
        const at = startOf(alias);
        if (target >= start && target < end && !(at >= start && at < end)) found = true;
      },
    });
    return found;
  }
}

export const rangeOf = (node: unknown): readonly number[] =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range : [];

export const startOf = (node: unknown): number => rangeOf(node)[0] ?? 0;

/** Comments are tokens in several lists of the syntax tree: beside items, keys and values. */
function gatherComments(token: unknown, into: Comment[]): void {
  if (typeof token !== 'object' || token === null) return;
  const { type, offset, source } = token as { type?: unknown; offset?: unknown; source?: unknown };
  if (type === 'comment') {
    if (typeof offset === 'number' && typeof source === 'string')
      into.push({ offset, text: source.trimEnd() });
    return;
  }
  for (const value of Object.values(token)) gatherComments(value, into);
}
