import { constants } from 'node:os';
import { bindFunctions, check, SyscallError } from '../ffi.ts';

const { flock } = bindFunctions({ flock: { arguments: ['int32', 'int32'], return: 'int32' } });

/** sys/file.h; LOCK_NB is always added: a call that waits would stop the event loop. */
const operations = { shared: 1 | 4, exclusive: 2 | 4, none: 8 } as const;

/**
 * flock(2) on an open descriptor. False: another open of the file holds a lock that excludes this one. The kernel
 * lets go of the lock when the descriptor is closed, however the process ends.
 */
export function tryFlock(fd: number, kind: keyof typeof operations): boolean {
  try {
    check('flock', flock(fd, operations[kind]));
    return true;
  } catch (thrown) {
    if (thrown instanceof SyscallError && thrown.errno === constants.errno.EAGAIN) return false;
    throw thrown;
  }
}
