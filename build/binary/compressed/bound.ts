/** The most bytes that something may unpack to. */
export interface Bound {
  readonly bytes: number;
  /** For messages: `100 times its 1234 bytes`. */
  readonly why: string;
}

/** Up to this size any compression ratio is allowed. */
const harmless = 1 << 30;
/** Real archives have a compression ratio of 3 to 10; gzip's limit is 1032, zstd's about 30000. */
const ratio = 100;

/** The bound of an archive that does not say how much is in it. */
export function ratioBound(compressed: number): Bound {
  return { bytes: Math.max(harmless, compressed * ratio), why: `${ratio} times its ${compressed} bytes` };
}

/** A documented limit, in MiB. */
export function fixedBound(mebibytes: number): Bound {
  return { bytes: mebibytes * 2 ** 20, why: `the limit of ${mebibytes} MiB` };
}

/** Unpacking has reached its bound: a decompression bomb, or something larger than kit expects. */
export class GrowsTooLarge extends Error {
  constructor({ why }: Bound, what = 'it') {
    super(`${what} grows beyond ${why}`);
  }
}

/** The same bytes. @throws GrowsTooLarge */
export async function* bounded<T extends Uint8Array>(
  pieces: AsyncIterable<T>,
  bound: Bound,
): AsyncGenerator<T> {
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > bound.bytes) throw new GrowsTooLarge(bound);
    yield piece;
  }
}
