import { createHash } from 'node:crypto';

/** Ids in the user namespace of one container: all 16-bit ones. */
export const idCount = 65_536;

/**
 * Blocks of 65,536 ids in the range that systemd reserves for containers (UIDS-GIDS.md). None of them is an
 * id of the machine's own files and processes.
 */
const blocks = { first: 8, last: 28_671 } as const;
const blockCount = blocks.last - blocks.first + 1;

/** The first id of the block of a name. `attempt`: names whose blocks are equal try the next one. */
export function firstId(name: string, attempt = 0): number {
  const hash = createHash('sha256').update(name).digest().readUInt32BE(0);
  return (blocks.first + ((hash + attempt) % blockCount)) * idCount;
}

/**
 * The first id of each name, all different. It follows from the name, so entries that come, go or change
 * places do not move it; only where two names have the same block does the later one in the alphabet step
 * aside.
 */
export function idRanges(names: Iterable<string>): ReadonlyMap<string, number> {
  const ranges = new Map<string, number>();
  const taken = new Set<number>();
  for (const name of [...new Set(names)].sort()) {
    let first = firstId(name);
    for (let attempt = 1; taken.has(first); attempt += 1) first = firstId(name, attempt);
    taken.add(first);
    ranges.set(name, first);
  }
  return ranges;
}
