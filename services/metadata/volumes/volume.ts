/** Bytes of a block device or a file by position; fewer than asked for at its end. */
export type ReadAt = (position: number, length: number) => Buffer;

/** A file system, as far as reading a few small files in its root folder needs it. */
export interface Volume {
  readonly label: string;
  /**
   * The content of a file in the root folder, whatever the case of its name; undefined when there is none.
   * @throws RangeError when the file system is damaged, or the file is longer than `maximalBytes`.
   */
  read(name: string): Buffer | undefined;
}

/** A Buffer of exactly `length` bytes. @throws RangeError when the volume ends before. */
export function readExactly(readAt: ReadAt, position: number, length: number): Buffer {
  const bytes = readAt(position, length);
  if (bytes.length < length)
    throw new RangeError(`Cannot read ${length} bytes at ${position}: the volume ends`);
  return bytes;
}
