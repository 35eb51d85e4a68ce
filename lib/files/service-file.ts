import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/**
 * The text of a file in a folder that a service can write, of at most `limit` bytes. Undefined for anything
 * that is not a regular file of that size: a link would lead to a file of the machine, opening a FIFO would
 * wait for its other end, and a large file would fill the memory. The folder itself must not be replaceable
 * by the service.
 */
export function readServiceFile(path: string, limit: number): string | undefined {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.size > limit) return undefined;
    // One byte more than expected: the file may grow while it is read.
    const bytes = Buffer.alloc(stats.size + 1);
    const count = readSync(fd, bytes, 0, bytes.length, 0);
    return count > stats.size ? undefined : bytes.toString('utf8', 0, count);
  } catch {
    return undefined;
  } finally {
    closeSync(fd);
  }
}
