import { KitError } from '../../lib/errors/errors.ts';
import { type JsonItem, parseJson } from '../../lib/oci/json.ts';

/** Deeper than any signed document. */
const depthLimit = 64;

/**
 * Parses a JSON document that has each key once: of two equal ones, another program might read the other.
 * @param name for errors @param limit in bytes @throws KitError
 */
export function parseStrictJson(bytes: Uint8Array, name: string, limit: number): JsonItem {
  const item = parseJson(bytes, name, limit);
  refuseDuplicates(new TextDecoder().decode(bytes), name);
  return item;
}

/** Strings, and what begins, ends and separates objects and lists. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;

/** @param text valid JSON */
function refuseDuplicates(text: string, name: string): void {
  /** The keys of each open object; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') {
      if (open.push(token === '{' ? new Set() : undefined) > depthLimit) {
        throw new KitError(`Cannot read "${name}": it is nested more than ${depthLimit} levels deep`);
      }
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ':') addKey(open.at(-1), last, name);
    last = token;
  }
}

function addKey(keys: Set<string> | undefined, text: string, name: string): void {
  const key = JSON.parse(text) as string;
  if (keys?.has(key)) throw new KitError(`Cannot read "${name}": it has the key ${text.slice(0, 80)} twice`);
  keys?.add(key);
}
