import { closeSync, constants, openSync, writeSync } from 'node:fs';

/**
 * Writes to a file of the kernel that is there: it takes the bytes of one write(2) for a value, and one that
 * is missing is a setting that it does not have. @throws the error of open(2) or write(2)
 */
export function writeAtOnce(path: string, bytes: Buffer): void {
  const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    writeSync(fd, bytes);
  } finally {
    closeSync(fd);
  }
}
