import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { Log } from '../log.ts';
import { type AuthorizedKey, parseAuthorizedKeys } from './authorized-keys.ts';

/** The rest of a larger file is ignored. */
const maxFileBytes = 1 << 20;

/** Reads the keys of all files anew, since they may have changed since the start. */
export function readAuthorizedKeys(files: readonly string[], log: Log): AuthorizedKey[] {
  return files.flatMap((file) => {
    try {
      return parseAuthorizedKeys(readStart(file));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') {
        log(`cannot read "${file}": ${reasonOf(error)}`);
      }
      return [];
    }
  });
}

/** Without waiting, should it be a pipe; as StrictModes of sshd, not what others than its owner may write. */
function readStart(file: string): string {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size, mode } = fstatSync(fd);
    if ((mode & 0o022) !== 0) throw new KitError('group or others may write it');
    const bytes = Buffer.alloc(Math.min(size, maxFileBytes));
    return bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(fd);
  }
}
