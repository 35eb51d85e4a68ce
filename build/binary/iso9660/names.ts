export interface NamedId {
  readonly name: string;
  readonly id: string;
  readonly isDirectory: boolean;
}

/** Ids have at most 31 characters: this leaves room for a number after equal ones. */
const stemLimit = 20;

/**
 * Unique identifiers for the names of one folder, sorted as ECMA-119 9.3 requires: capital letters, digits
 * and `_` (7.4.1), without extension. A system without Rock Ridge shows these. They do not depend on the
 * order of the names.
 */
export function uniqueIds(names: readonly string[], isDirectory: (name: string) => boolean): NamedId[] {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  const sorted = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const stems = sorted.map((name) => {
    const wanted = name
      .toUpperCase()
      .replace(/[^A-Z0-9_]/g, '_')
      .slice(0, stemLimit);
    let stem = wanted;
    for (let number = next.get(wanted) ?? 1; taken.has(stem); number += 1) {
      stem = `${wanted}_${number}`;
      next.set(wanted, number + 1);
    }
    taken.add(stem);
    return { name, stem, isDirectory: isDirectory(name) };
  });
  return stems
    .sort((a, b) => (a.stem < b.stem ? -1 : 1))
    .map(({ name, stem, isDirectory: folder }) => ({
      name,
      isDirectory: folder,
      id: folder ? stem : `${stem}.;1`,
    }));
}
