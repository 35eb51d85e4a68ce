import { type Document, isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';

/** Where the keys of a map, or the items of a list, were written. */
interface Places {
  /** `the user-data` */
  readonly what: string;
  /** From 1, by key or index. */
  readonly lines: ReadonlyMap<string, number>;
}

/** By the maps and lists that `parseYaml` has made; whoever drops a tree drops its places. */
const places = new WeakMap<object, readonly Places[]>();

/** ` (line 7 of the user-data)`: where a key or an item was written, for the end of a message, or ''. */
export function lineOf(tree: unknown, key: string | number): string {
  const found = lineAndText(tree, key);
  return found === undefined ? '' : ` (line ${found.line} of ${found.what})`;
}

function lineAndText(tree: unknown, key: string | number): { what: string; line: number } | undefined {
  const all = (typeof tree === 'object' && tree !== null && places.get(tree)) || [];
  for (const { what, lines } of all) {
    const line = lines.get(String(key));
    if (line !== undefined) return { what, line };
  }
  return undefined;
}

/** Gives a map that was merged of others their places; of a key that several have, the first one counts. */
export function keepLines<T extends object>(merged: T, ...sources: readonly object[]): T {
  places.set(
    merged,
    sources.flatMap((source) => places.get(source) ?? []),
  );
  return merged;
}

/** Notes the places of all maps and lists in the values of a document. */
export function rememberLines(
  document: Document,
  tree: unknown,
  source: { readonly what: string; readonly lineOf: (offset: number) => number },
): void {
  // Aliases lead to the values of their anchors, which are noted once.
  const seen = new Set<object>();
  const visit = (given: unknown, value: unknown): void => {
    const node = isAlias(given) ? given.resolve(document) : given;
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const lines = new Map<string, number>();
    const note = (key: string, place: unknown, child: unknown): void => {
      const start = isNode(place) ? place.range?.[0] : undefined;
      if (start !== undefined) lines.set(key, source.lineOf(start));
      visit(child, Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined);
    };
    if (isMap(node))
      for (const { key, value: child } of node.items) if (isScalar(key)) note(String(key.value), key, child);
    if (isSeq(node)) for (const [index, child] of node.items.entries()) note(String(index), child, child);
    places.set(value, [{ what: source.what, lines }]);
  };
  visit(document.contents, tree);
}
