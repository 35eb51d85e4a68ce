/** A file system whose label and small files are read without mount(2). */
export interface Volume {
  readonly kind: 'ISO 9660' | 'UDF' | 'FAT';
  /** @throws RangeError when the file system is damaged */
  label(): Promise<string>;
  /**
   * The content of a file at a path such as `openstack/latest/user_data`, in any case; undefined when there
   * is none.
   * @throws RangeError when the file system is damaged, the file is longer than `limit` bytes, or its content
   * is not stored as it is
   */
  read(path: string, limit: number): Promise<Buffer | undefined>;
  /** The names in the root folder, for messages. @throws RangeError when the file system is damaged */
  names(): Promise<string[]>;
}

/** Bytes of a folder that are read at most: a damaged one may claim any length. */
export const folderLimit = 1 << 20;

export const tooLong = (name: string, limit: number): RangeError =>
  new RangeError(`Cannot read "${name}": longer than ${limit} bytes`);
