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
      const { keys, unreadLines } = parseAuthorizedKeys(readStart(file));
      reportOnce(file, unreadLines, log);
      return keys;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') {
        log(`cannot read "${file}": ${reasonOf(error)}`);
      }
      return [];
    }
  });
}

/** What was said of each file. */
const reported = new Map<string, string>();

/** Names lines that are no keys, such as those of PuTTY or of a key cut in two, once for each set. */
function reportOnce(file: string, lines: readonly number[], log: Log): void {
  const all = lines.slice(0, 5).join(', ');
  const text = lines.length > 5 ? `${all} and ${lines.length - 5} more` : all;
  if (reported.get(file) === text) return;
  reported.set(file, text);
  if (text === '') return;
  const one = lines.length === 1;
  const what = one ? `line ${text} is no key` : `lines ${text} are no keys`;
  log(`"${file}": ${what}, as "[options] type base64 [comment]", and not read`);
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
