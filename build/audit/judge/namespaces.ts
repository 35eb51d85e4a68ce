/** What the probe says of its namespaces: `user:4026531837 … uids:100000+65536`. */
export interface Namespaces {
  readonly ids: ReadonlyMap<string, string>;
  /** The ids of the parent namespace that this one's are; undefined if it did not say. */
  readonly uids: { readonly first: number; readonly count: number } | undefined;
}

export function parseNamespaces(text: string): Namespaces {
  const ids = new Map<string, string>();
  for (const word of text.split(' ')) {
    const [, kind, id] = /^(\w+):(\w+|\d+\+\d+)$/.exec(word) ?? [];
    if (kind !== undefined && id !== undefined) ids.set(kind, id);
  }
  const [, first, count] = /^(\d+)\+(\d+)$/.exec(ids.get('uids') ?? '') ?? [];
  ids.delete('uids');
  return { ids, uids: first && count ? { first: Number(first), count: Number(count) } : undefined };
}

/** The kinds of namespaces that both are in. */
export function sharedKinds(a: Namespaces, b: Namespaces, kinds: readonly string[]): string[] {
  return kinds.filter((kind) => a.ids.get(kind) === b.ids.get(kind));
}

/** Whether root or a user of one is also a user of the other. */
export function rangesOverlap({ uids: a }: Namespaces, { uids: b }: Namespaces): boolean {
  if (!a || !b) return false;
  return a.first < b.first + b.count && b.first < a.first + a.count;
}
