import { KitError, reasonOf } from '../errors/errors.ts';
import { exactJson, parseExactJson } from '../json/exact-json.ts';

/** A value of an untrusted JSON document, with its path (`manifests[0].digest`). Accessors check its type. */
export interface JsonItem {
  field(key: string): JsonItem;
  /** The result of `read` on the field; undefined when it is missing or null. */
  optional<T>(key: string, read: (value: JsonItem) => T): T | undefined;
  list<T>(read: (value: JsonItem) => T): T[];
  text(): string;
  isText(): boolean;
  isList(): boolean;
  /** A whole number from 0 up. */
  number(): number;
  /** A whole number of any sign; one above 2^53 is rounded. */
  integer(): number;
  /** Null, false, 0, or an empty string, list or object. */
  isEmpty(): boolean;
  flag(): boolean;
  /** An object whose values are all strings; null counts as an empty one. */
  texts(): Record<string, string>;
  /** An object, by key. */
  fields(): Record<string, JsonItem>;
  wrong(wanted: string): KitError;
}

/** Parses a JSON document. `name` is for errors; `limit`: its maximal length in bytes. */
export function parseJson(bytes: Uint8Array, name: string, limit: number): JsonItem {
  if (bytes.length > limit) {
    throw new KitError(`Cannot read "${name}": ${bytes.length} bytes are more than ${limit}`);
  }
  try {
    return new CheckedItem(parseExactJson(new TextDecoder().decode(bytes)), name, '');
  } catch (thrown) {
    throw new KitError(`Cannot read "${name}": not JSON: ${reasonOf(thrown)}`, { cause: thrown });
  }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same object without the keys whose value is undefined. */
export function withoutUndefined<T extends object>(all: T): Present<T> {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Present<T>;
}

class CheckedItem implements JsonItem {
  readonly #value: unknown;
  readonly #name: string;
  readonly #path: string;

  constructor(value: unknown, name: string, path: string) {
    this.#value = value;
    this.#name = name;
    this.#path = path;
  }

  field(key: string): CheckedItem {
    const object = this.#object();
    return new CheckedItem(
      Object.hasOwn(object, key) ? object[key] : undefined,
      this.#name,
      this.#path === '' ? key : `${this.#path}.${key}`,
    );
  }

  optional<T>(key: string, read: (value: JsonItem) => T): T | undefined {
    const found = this.field(key);
    return found.#value === undefined || found.#value === null ? undefined : read(found);
  }

  list<T>(read: (value: JsonItem) => T): T[] {
    if (!Array.isArray(this.#value)) throw this.wrong('a list');
    return this.#value.map((value, index) =>
      read(new CheckedItem(value, this.#name, `${this.#path}[${index}]`)),
    );
  }

  text(): string {
    if (typeof this.#value !== 'string') throw this.wrong('a string');
    return this.#value;
  }

  isText(): boolean {
    return typeof this.#value === 'string';
  }

  isList(): boolean {
    return Array.isArray(this.#value);
  }

  number(): number {
    if (!Number.isSafeInteger(this.#value) || Number(this.#value) < 0) throw this.wrong('a whole number');
    return Number(this.#value);
  }

  integer(): number {
    if (!Number.isInteger(this.#value)) throw this.wrong('a whole number');
    return Number(this.#value);
  }

  isEmpty(): boolean {
    if (typeof this.#value === 'object' && this.#value !== null) return Object.keys(this.#value).length === 0;
    return !this.#value;
  }

  flag(): boolean {
    if (typeof this.#value !== 'boolean') throw this.wrong('true or false');
    return this.#value;
  }

  texts(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.fields()).map(([key, value]) => [key, value.#value === null ? '' : value.text()]),
    );
  }

  fields(): Record<string, CheckedItem> {
    return Object.fromEntries(Object.keys(this.#object()).map((key) => [key, this.field(key)]));
  }

  wrong(wanted: string): KitError {
    const seen = this.#value === undefined ? 'nothing' : (exactJson(this.#value) ?? 'nothing').slice(0, 80);
    const where = this.#path === '' ? 'the document' : `"${this.#path}"`;
    return new KitError(`Cannot read "${this.#name}": ${where} is ${seen}, expected ${wanted}`);
  }

  #object(): Record<string, unknown> {
    if (typeof this.#value !== 'object' || this.#value === null || Array.isArray(this.#value)) {
      throw this.wrong('an object');
    }
    return this.#value as Record<string, unknown>;
  }
}
