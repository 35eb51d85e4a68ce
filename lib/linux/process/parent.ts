import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({
  prctl: { arguments: ['int32', 'uint64', 'uint64', 'uint64', 'uint64'], return: 'int32' },
  fcntl: { arguments: ['int32', 'int32', 'uint64'], return: 'int32' },
});

/** prctl(2), fcntl(2). */
const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;
const F_SETFD = 2;

/** Has this process killed when its parent ends; kept across execve(2). PR_SET_PDEATHSIG, prctl(2). */
export function dieWithParent(): void {
  check('prctl', libc.prctl(PR_SET_PDEATHSIG, BigInt(SIGKILL), 0n, 0n, 0n));
}

/**
 * Clears close-on-exec, which Node sets on all descriptors except 0 to 2, so that execve(2) keeps it open.
 */
export function keepOnExec(fd: number): void {
  check('fcntl', libc.fcntl(fd, F_SETFD, 0n));
}
