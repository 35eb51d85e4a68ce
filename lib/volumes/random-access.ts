/** Bytes that can be read at any position: of a file, of a block device, of a disk inside an image. */
export interface RandomAccess {
  /** `count` bytes from position `at`: fewer at the end, none after it. */
  read(at: number, count: number): Promise<Buffer>;
}

/** The bytes from `start` on, such as a partition. */
export function startingAt(source: RandomAccess, start: number): RandomAccess {
  return { read: (at, count) => source.read(start + at, count) };
}

/** The `bytes` from `start` on, and nothing behind them. */
export function partOf(source: RandomAccess, start: number, bytes: number): RandomAccess {
  return { read: (at, count) => source.read(start + at, Math.max(Math.min(count, bytes - at), 0)) };
}

/** A Buffer of exactly `count` bytes. @throws RangeError when the source ends before */
export async function readExactly(source: RandomAccess, at: number, count: number): Promise<Buffer> {
  const bytes = await source.read(at, count);
  if (bytes.length < count) throw new RangeError(`Cannot read ${count} bytes at ${at}: the volume ends`);
  return bytes;
}
