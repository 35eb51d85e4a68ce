import { parseDocument } from 'yaml';
import { KitError } from '../../lib/errors/errors.ts';

/** Text, and lists and maps of it. */
export type Tree = string | readonly Tree[] | { readonly [key: string]: Tree };

/** YAML that refers to itself could grow without end. */
const maximalAliases = 100;

/**
 * Reads YAML (and so JSON) with every scalar as text: `0644`, `007` and `no` mean what is written. The guest parses no YAML of
 * kit's own; this is the one place where YAML of others comes in, and it is cloud-init's, full of quoting and block
 * scalars: so a real parser, on text whose length is limited already.
 * @throws KitError naming `what` and the line.
 */
export function parseYaml(text: string, what: string): Tree {
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
export function at(tree: Tree | undefined, key: string): Tree | undefined {
  return isMap(tree) && Object.hasOwn(tree, key) ? tree[key] : undefined;
}

/** The text of a key; undefined when it is absent, empty or no text. */
export function textAt(tree: Tree | undefined, key: string): string | undefined {
  const value = at(tree, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** All texts in a list, at any depth of lists; a text alone is a list of one. */
export function texts(tree: Tree | undefined): string[] {
  if (typeof tree === 'string') return [tree];
  return isList(tree) ? tree.flatMap(texts) : [];
}

export function isList(tree: Tree | undefined): tree is readonly Tree[] {
  return Array.isArray(tree);
}

export function isMap(tree: Tree | undefined): tree is { readonly [key: string]: Tree } {
  return typeof tree === 'object' && !isList(tree);
}
