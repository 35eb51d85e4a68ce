import { errnoText } from '../errors/errno.ts';
import { codeOf, KitError, reasonOf } from '../errors/errors.ts';

const reasons: Readonly<Record<string, string>> = {
  EROFS: 'its file system is read-only',
  ENOSPC: 'no space left on its file system',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'a folder is in the way',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ELOOP: 'it is a symbolic link',
  ETXTBSY: 'a program runs from it',
};

/** An error of a file, to follow a colon: `cannot write "/etc/x": its file system is read-only`. */
export function fileError(action: string, path: string, thrown: unknown): KitError {
  if (thrown instanceof KitError) return thrown;
  const code = codeOf(thrown);
  const errno = thrown instanceof Error && 'errno' in thrown ? Number(thrown.errno) : 0;
  const reason = reasons[code ?? ''] ?? (errno < 0 ? errnoText(errno) : reasonOf(thrown));
  return new KitError(`cannot ${action} "${path}": ${reason}`, { cause: thrown });
}
