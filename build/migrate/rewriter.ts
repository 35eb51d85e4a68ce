import { type CST, isPair, type Pair, parse, type YAMLMap, type YAMLSeq } from 'yaml';
import type { SourcePosition } from '../../lib/errors/errors.ts';
import { Edits } from './edits.ts';
import { Source, startOf } from './source.ts';

/** What was done, or has to be done by hand, and where in the old file. */
export interface Note {
  readonly place: SourcePosition;
  readonly text: string;
  readonly hint?: string;
}

type Collection = YAMLMap | YAMLSeq;

/**
 * Changes a YAML file in its text, so that all else stays as it was written: comments, blank lines, quotes,
 * order. Comments of what is taken out stay, too.
 */
export class Rewriter {
  readonly source: Source;
  readonly edits = new Edits();
  /** What was changed. */
  readonly changes: Note[] = [];
  /** What was not understood, or means something else in kit. */
  readonly open: Note[] = [];
  /** Items of flow collections (`[a, b]`) that are taken out: neighbours share commas. */
  readonly #taken = new Map<Collection, Set<number>>();

  constructor(text: string, file: string) {
    this.source = new Source(text, file);
  }

  change(node: unknown, text: string): void {
    this.changes.push({ place: this.source.placeAt(startOf(node)), text });
  }

  ask(node: unknown, text: string, hint?: string): void {
    const place = this.source.placeAt(startOf(node));
    this.open.push({ place, text, ...(hint === undefined ? {} : { hint }) });
  }

  /** Writes another value for a plain text, or for a list of texts. */
  replaceText(node: unknown, text: string): void {
    const value = this.source.resolved(node);
    this.edits.add(startOf(value), this.source.end(value), text);
  }

  /** Gives a key another value, in one line. */
  setValue(pair: Pair, text: string): void {
    const { source } = this;
    const start = source.end(pair.key);
    const end = source.end(pair);
    this.#keepComments(start, end, startOf(pair.key));
    this.edits.add(start, end, `: ${text}`);
  }

  /** Takes a key out of a map. */
  removePair(map: YAMLMap, pair: Pair): void {
    const { source } = this;
    const at = map.items.indexOf(pair);
    const start = startOf(pair.key);
    const indent = source.indent(start);
    // The first key may stand behind the dash of its item.
    if (map.flow || indent === undefined || this.#taken.has(map)) this.#take(map, at);
    if (!map.flow && indent !== undefined) this.#removeLines(start, source.end(pair), indent, []);
  }

  /** Takes an item out of a list. @param reason a comment in its place, where there are lines */
  removeItem(list: YAMLSeq, at: number, reason?: string): void {
    const { source } = this;
    const item = list.items[at];
    const dash = dashOf(list, at);
    const indent = dash === undefined ? undefined : source.indent(dash);
    if (list.flow || dash === undefined || indent === undefined) this.#take(list, at);
    else this.#removeLines(dash, source.end(item), indent, reason === undefined ? [] : [`# ${reason}`]);
  }

  /** Puts a text behind an item, as one more. */
  addItem(list: YAMLSeq, at: number, text: string): void {
    const { source } = this;
    const end = source.end(list.items[at]);
    const dash = dashOf(list, at);
    const indent = dash === undefined ? undefined : source.indent(dash);
    if (list.flow || indent === undefined) this.edits.add(end, end, `, ${text}`);
    else this.insertLines(end, [`${indent}- ${text}`]);
  }

  /** Puts lines behind the line of the offset. */
  insertLines(offset: number, lines: readonly string[]): void {
    const { text, eol } = this.source;
    const at = this.source.nextLine(offset);
    const before = at === text.length && !text.endsWith('\n') ? eol : '';
    this.edits.add(at, at, before + lines.map((line) => `${line}${eol}`).join(''));
  }

  /** Puts lines before that of the offset, and before the comments that stand directly above it. */
  insertAbove(offset: number, lines: readonly string[]): void {
    const { text, eol } = this.source;
    let at = this.source.lineStart(offset);
    while (at > 0) {
      const above = this.source.lineStart(at - 1);
      if (!/^[ \t]*#/.test(text.slice(above, at))) break;
      at = above;
    }
    this.edits.add(at, at, lines.map((line) => `${line}${eol}`).join(''));
  }

  /** The new text. */
  finish(): string {
    for (const [collection, taken] of this.#taken) {
      if (collection.flow) this.#takeOut(collection, taken);
      else this.#takeFirst(collection, taken);
    }
    this.#taken.clear();
    return this.edits.apply(this.source.text);
  }

  #removeLines(start: number, end: number, indent: string, lines: readonly string[]): void {
    const { source } = this;
    const next = source.nextLine(end);
    const kept = [...lines, ...source.commentsIn(start, next)];
    const text = kept.map((line) => `${indent}${line}${source.eol}`).join('');
    this.edits.add(source.lineStart(start), next, text);
  }

  #keepComments(start: number, end: number, above: number): void {
    const comments = this.source.commentsIn(start, end);
    const indent = this.source.indent(above);
    if (indent === undefined || comments.length === 0) return;
    const at = this.source.lineStart(above);
    this.edits.add(at, at, comments.map((line) => `${indent}${line}${this.source.eol}`).join(''));
  }

  #take(collection: Collection, at: number): void {
    const taken = this.#taken.get(collection) ?? new Set();
    this.#taken.set(collection, taken.add(at));
  }

  /** The first keys of a map whose first one stands behind a dash: the next one takes its place. */
  #takeFirst({ items }: Collection, taken: ReadonlySet<number>): void {
    const { source } = this;
    const keys = items.map((item) => (item as Pair).key);
    const next = keys.find((_key, at) => !taken.has(at));
    const start = startOf(keys[0]);
    const end = next === undefined ? source.end(items.at(-1)) : startOf(next);
    const line = source.lineStart(start);
    const indent = /^ */.exec(source.text.slice(line))?.[0] ?? '';
    const comments = source.commentsIn(start, end).map((text) => `${indent}${text}${source.eol}`);
    if (comments.length > 0) this.edits.add(line, line, comments.join(''));
    this.edits.add(start, end, next === undefined ? '{}' : '');
  }

  /** Runs of items of a flow collection, each with the comma before it, or behind it at the start. */
  #takeOut({ items }: Collection, taken: ReadonlySet<number>): void {
    const { source } = this;
    const start = (at: number): number => {
      const item: unknown = items[at];
      return startOf(isPair(item) ? item.key : item);
    };
    for (let from = 0; from < items.length; from += 1) {
      if (!taken.has(from)) continue;
      let to = from;
      while (taken.has(to + 1)) to += 1;
      if (from > 0) this.edits.add(source.end(items[from - 1]), source.end(items[to]), '');
      else if (to + 1 < items.length) this.edits.add(start(0), start(to + 1), '');
      else this.edits.add(start(0), source.end(items[to]), '');
      from = to;
    }
  }
}

/** Where the dash of an item is; undefined in a flow list. */
function dashOf(list: YAMLSeq, at: number): number | undefined {
  const token = list.srcToken as CST.BlockSequence | CST.FlowCollection | undefined;
  if (token?.type !== 'block-seq') return undefined;
  const dashes = token.items.flatMap(({ start }) => start.filter(({ type }) => type === 'seq-item-ind'));
  return dashes[at]?.offset;
}

/** A list of words in one line: `[sh, -c, "a b"]`. */
export const flowList = (words: readonly string[]): string => `[${words.map(flowText).join(', ')}]`;

/** Quoted where it would be something else in a flow list. */
export function flowText(text: string): string {
  const isPlain = /^[\w./@+=-][\w./@+=%-]*$/.test(text) && !/^(?:yes|no|on|off|-)$/i.test(text);
  return isPlain && parse(text) === text ? text : JSON.stringify(text);
}
