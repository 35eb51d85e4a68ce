import { errnoText } from './errno.ts';
import { KitError, reasonOf } from './errors.ts';

/** Hints for users about some system errors. */
const hints: Readonly<Record<string, string>> = {
  ENOSPC:
    'free some space, or move the cache with KIT_CACHE; kit cache clean removes all that can be made again',
  EDQUOT: 'your disk quota is used up; KIT_CACHE moves the cache',
  EROFS: 'the file system is read-only; KIT_CACHE and KIT_STATE choose other folders',
  EACCES: 'look at the permissions, or choose another folder',
  ENOTDIR: 'a file is in the way; KIT_CACHE and KIT_STATE choose other folders',
  EEXIST: 'a file is in the way; choose another folder',
  EMFILE: 'raise the limit of open files: ulimit -n 4096',
};

/** The error for a full disk when `path` could not be written. */
export function noSpace(path: string, cause: unknown): KitError {
  return new KitError(`Cannot write "${path}": no space left on device`, { cause, hint: hints.ENOSPC });
}

/**
 * A Node system error that was not caught and reworded, as a `KitError`: `Cannot write "/x": no space left on
 * device`. Undefined for anything else.
 */
export function fromSystemError(thrown: unknown): KitError | undefined {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('errno' in thrown)) return undefined;
  const { syscall, errno } = thrown;
  if (typeof syscall !== 'string' || typeof errno !== 'number' || errno >= 0) return undefined;
  // Already a full sentence: lib/linux/process/spawn.ts.
  if (syscall.startsWith('spawn')) return new KitError(thrown.message, { cause: thrown });
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const subject = ['path', 'dest', 'address'].map(
    (key) => (thrown as unknown as Record<string, unknown>)[key],
  );
  const named = subject.find((value) => typeof value === 'string');
  return new KitError(`Cannot ${syscall}${named ? ` "${named}"` : ''}: ${errnoText(errno)}`, {
    cause: thrown,
    hint: hints[code],
  });
}

/**
 * The reason alone, for callers that say what failed: `no space left on device`; else the message. Node's
 * error numbers are negative, those of `SyscallError` (lib/linux) are the kernel's.
 */
export function systemReason(thrown: unknown): string {
  const errno = thrown instanceof Error && 'errno' in thrown ? thrown.errno : undefined;
  return typeof errno === 'number' ? errnoText(-Math.abs(errno)) : reasonOf(thrown);
}
