import { constants } from 'node:os';
import { bindFunctions, check, SyscallError } from '../ffi.ts';

const { flock } = bindFunctions({ flock: { arguments: ['int32', 'int32'], return: 'int32' } });

/** include/uapi/asm-generic/fcntl.h. With LOCK_NB (4), since a call that waits would block the event loop. */
const operations = { shared: 1 | 4, exclusive: 2 | 4, none: 8 } as const;

const { EAGAIN, ENOENT } = constants.errno;

/**
 * flock(2) on an open descriptor. False: another open file description holds a conflicting lock. The kernel
 * releases the lock when the descriptor is closed, however the process ends.
 *
 * False too where the file was removed since it was opened and its file system says so, which those of a
 * network or in user space do: the lock of such a file would keep nobody out.
 */
export function tryFlock(fd: number, kind: keyof typeof operations): boolean {
  try {
    check('flock', flock(fd, operations[kind]));
    return true;
  } catch (thrown) {
    if (thrown instanceof SyscallError && [EAGAIN, ENOENT].includes(thrown.errno)) return false;
    throw thrown;
  }
}
