export interface NamedSize {
  readonly name: string;
  readonly bytes: number;
}

/** Of a part or a file of an image, against an earlier one. */
export interface SizeChange {
  readonly name: string;
  /** 0: it is gone. */
  readonly bytes: number;
  /** 0: it is new. */
  readonly oldBytes: number;
}

/** The names whose sizes differ, the largest growth first. Several of one name count together. */
export function sizeChanges(now: readonly NamedSize[], before: readonly NamedSize[]): SizeChange[] {
  const [sums, oldSums] = [sumsOf(now), sumsOf(before)];
  return [...new Set([...sums.keys(), ...oldSums.keys()])]
    .map((name) => ({ name, bytes: sums.get(name) ?? 0, oldBytes: oldSums.get(name) ?? 0 }))
    .filter(({ bytes, oldBytes }) => bytes !== oldBytes)
    .toSorted((a, b) => b.bytes - b.oldBytes - (a.bytes - a.oldBytes));
}

function sumsOf(sizes: readonly NamedSize[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { name, bytes } of sizes) sums.set(name, (sums.get(name) ?? 0) + bytes);
  return sums;
}
