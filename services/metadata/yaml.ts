import { parseDocument } from 'yaml';
import { KitError } from '../../lib/errors/errors.ts';

/** A YAML value with text as its only scalar. */
export type YamlValue = string | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** Limits the expansion of aliases ("billion laughs"). */
const maximalAliases = 100;

/**
 * Reads YAML (and so JSON) with every scalar as text: `0644`, `007` and `no` keep their spelling. This is the
 * only YAML that the guest parses. It is cloud-init's, full of quoting and block scalars, so a complete
 * parser is needed. The provider limits the length of the text.
 * @throws KitError with `what` and the line
 */
export function parseYaml(text: string, what: string): YamlValue {
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: true, uniqueKeys: false });
  const [error] = document.errors;
  if (error) throw new KitError(`Cannot read ${what}: ${error.message.split('\n')[0]}`);
  try {
    return document.toJS({ maxAliasCount: maximalAliases }) ?? {};
  } catch (error) {
    throw new KitError(`Cannot read ${what}: too many aliases`, { cause: error });
  }
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

/** All texts in a list, nested lists included; a single text counts as a list of one. */
export function textsOf(tree: YamlValue | undefined): string[] {
  if (typeof tree === 'string') return [tree];
  return isList(tree) ? tree.flatMap(textsOf) : [];
}

export function isList(tree: YamlValue | undefined): tree is readonly YamlValue[] {
  return Array.isArray(tree);
}

export function isMap(tree: YamlValue | undefined): tree is { readonly [key: string]: YamlValue } {
  return typeof tree === 'object' && !isList(tree);
}
