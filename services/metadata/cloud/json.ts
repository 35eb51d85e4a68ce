import { KitError } from '../../../lib/errors/errors.ts';
import { parseExactJson } from '../../../lib/json/exact-json.ts';
import type { YamlValue } from '../../../lib/metadata/yaml.ts';

const maximalDepth = 32;

/**
 * Reads JSON with every scalar as text, as `parseYaml` reads YAML, so that both have the same helpers:
 * numbers keep all their digits (instance ids of Google have 19), nothing is ''.
 * @throws KitError with `what`
 */
export function parseJsonTree(text: string, what: string): YamlValue {
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch (error) {
    throw new KitError(`Cannot read ${what}: it is not JSON`, { cause: error });
  }
  return treeOf(value, what, 0);
}

function treeOf(value: unknown, what: string, depth: number): YamlValue {
  if (depth > maximalDepth) throw new KitError(`Cannot read ${what}: more than ${maximalDepth} levels deep`);
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => treeOf(item, what, depth + 1));
  if (typeof value !== 'object') return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, treeOf(item, what, depth + 1)]));
}
