/** A file system whose label and small files of its root folder are read without mount(2). */
export interface Volume {
  /** @throws RangeError when the file system is damaged */
  label(): Promise<string>;
  /**
   * The content of a file in the root folder, whatever the case of its name; undefined when there is none.
   * @throws RangeError when the file system is damaged, or the file is longer than `limit` bytes
   */
  read(name: string, limit: number): Promise<Buffer | undefined>;
}

/** Bytes of a folder that are read at most: a damaged one may claim any length. */
export const folderLimit = 1 << 20;

export const tooLong = (name: string, limit: number): RangeError =>
  new RangeError(`Cannot read "${name}": longer than ${limit} bytes`);
