import { isMap, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Section } from '../../lib/bundle/bundle.ts';
import type { Rewriter } from './rewriter.ts';
import { flowList } from './rewriter.ts';

/** An entry of onboot, onshutdown or services of the file that is rewritten. */
export class EntryNode {
  readonly section: Section;
  /** Its values, what it takes over by `<<` and aliases included. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly #list: YAMLSeq;
  readonly #at: number;
  readonly #map: YAMLMap;
  readonly #rewriter: Rewriter;
  /** What has been taken out: the whole entry, keys and `key[index]`. */
  readonly #removed = new Set<string>();

  constructor(section: Section, list: YAMLSeq, at: number, map: YAMLMap, rewriter: Rewriter) {
    this.section = section;
    this.value = map.toJS(rewriter.source.document) as Record<string, unknown>;
    this.#list = list;
    this.#at = at;
    this.#map = map;
    this.#rewriter = rewriter;
  }

  get name(): string {
    return String(this.value.name ?? '');
  }

  get image(): string {
    return String(this.value.image ?? '');
  }

  get command(): readonly string[] | undefined {
    return this.texts('command');
  }

  /** A list of texts; undefined without the key. */
  texts(key: string): readonly string[] | undefined {
    const value = this.value[key];
    return Array.isArray(value) ? value.map(String) : undefined;
  }

  /** The key of its binds: LinuxKit ignores `binds.add` beside `binds`. */
  get bindsKey(): 'binds' | 'binds.add' {
    return this.texts('binds') ? 'binds' : 'binds.add';
  }

  /** Whether an item of the list of a key, as it was read, is still there. */
  keeps(key: string, at: number): boolean {
    return !['', key, `${key}[${at}]`].some((one) => this.#removed.has(one));
  }

  /** Where a key is, or the entry if it has none. */
  at(key: string): unknown {
    return this.#pair(key)?.key ?? this.#map;
  }

  /** Where an item of the list of a key is. */
  item(key: string, at: number): unknown {
    const list = this.#rewriter.source.resolved(this.#pair(key)?.value);
    return isSeq(list) ? (list.items[at] ?? this.at(key)) : this.at(key);
  }

  /** Whether all that has to be changed is written in the entry itself. */
  hasOwn(...keys: readonly string[]): boolean {
    return keys.every((key) => !Object.hasOwn(this.value, key) || this.#pair(key) !== undefined);
  }

  setImage(text: string): void {
    const pair = this.#pair('image');
    if (pair) this.#rewriter.replaceText(pair.value, text);
  }

  /** Another command, or none. */
  setCommand(words: readonly string[] | undefined): void {
    const pair = this.#pair('command');
    if (words === undefined) this.remove('command');
    else if (pair) this.#rewriter.setValue(pair, flowList(words));
    else {
      const { source } = this.#rewriter;
      const image = this.#pair('image');
      if (!image) return;
      const indent = source.indent(source.end(image.key) - 'image'.length) ?? `${this.#dashIndent()}  `;
      if (this.#map.flow) {
        const end = source.end(image);
        this.#rewriter.edits.add(end, end, `, command: ${flowList(words)}`);
      } else this.#rewriter.insertLines(source.end(image), [`${indent}command: ${flowList(words)}`]);
    }
  }

  /** Takes a key out, if the entry has it. */
  remove(key: string): void {
    const pair = this.#pair(key);
    if (!pair) return;
    this.#rewriter.removePair(this.#map, pair);
    this.#removed.add(key);
  }

  rename(key: string, to: string): void {
    const pair = this.#pair(key);
    if (pair) this.#rewriter.replaceText(pair.key, to);
  }

  /** Takes items out of the list of a key, and the key with the last of them. */
  removeItems(key: string, at: readonly number[]): void {
    const list = this.#rewriter.source.resolved(this.#pair(key)?.value);
    if (!isSeq(list)) return;
    if (at.length === list.items.length) this.remove(key);
    else
      for (const one of at) {
        this.#rewriter.removeItem(list, one);
        this.#removed.add(`${key}[${one}]`);
      }
  }

  replaceItem(key: string, at: number, text: string): void {
    this.#rewriter.replaceText(this.item(key, at), text);
  }

  /** Takes the whole entry out; false if something else repeats a part of it. */
  drop(reason: string): boolean {
    if (this.#rewriter.source.isRepeated(this.#list.items[this.#at])) return false;
    this.#rewriter.removeItem(this.#list, this.#at, `${this.name}: ${reason}`);
    this.#removed.add('');
    return true;
  }

  #dashIndent(): string {
    const { source } = this.#rewriter;
    const start = source.end(this.#map.items[0]?.key);
    return /^ */.exec(source.text.slice(source.lineStart(start)))?.[0] ?? '';
  }

  /** Of the entry itself. */
  #pair(key: string): Pair | undefined {
    return this.#rewriter.source.pair(this.#map, key);
  }
}

/** The entries of a section. */
export function entriesOf(section: Section, rewriter: Rewriter): EntryNode[] {
  const list = rewriter.source.list(section);
  return (list?.items ?? []).flatMap((item, at) => {
    const map = rewriter.source.resolved(item);
    return list && isMap(map) ? [new EntryNode(section, list, at, map, rewriter)] : [];
  });
}

/** The text of a scalar; undefined for anything else. */
export const textOf = (node: unknown): string | undefined =>
  isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
