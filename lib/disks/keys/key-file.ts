import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../errors/errors.ts';

/** More than a key needs; cryptsetup takes files of 8 MiB. */
const limit = 64 << 10;

/**
 * All bytes of a file are the key, a newline at its end as well, as for cryptsetup.
 * @param path for the error, and below `root` for reading
 * @throws KitError, which does not show what the file holds
 */
export function readKeyFile(
  path: string,
  { root = '/', hint }: { readonly root?: string; readonly hint?: string } = {},
): Buffer {
  let fd: number;
  try {
    fd = openSync(join(root, path), constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (thrown) {
    const why = codeOf(thrown) === 'ENOENT' ? 'no such file' : reasonOf(thrown);
    throw new KitError(`Cannot read the key "${path}": ${why}`, { hint, cause: thrown });
  }
  try {
    const stats = fstatSync(fd);
    const { size } = stats;
    if (!stats.isFile()) throw new KitError(`Cannot use the key "${path}": it is no file`);
    if (size === 0 || size > limit)
      throw new KitError(`Cannot use the key "${path}": it has ${size} bytes, not 1 to ${limit}`);
    const key = Buffer.alloc(size);
    if (readSync(fd, key, 0, size, 0) < size)
      throw new KitError(`Cannot use the key "${path}": it ends early`);
    return key;
  } finally {
    closeSync(fd);
  }
}
