import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({
  prctl: { arguments: ['int32', 'uint64', 'uint64', 'uint64', 'uint64'], return: 'int32' },
  fcntl: { arguments: ['int32', 'int32', 'uint64'], return: 'int32' },
});

/** prctl(2), fcntl(2). */
const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;
const F_SETFD = 2;

/** From now on, and after execve(2) too, this process is killed when its parent ends, however that ends. */
export function dieWithParent(): void {
  check('prctl', libc.prctl(PR_SET_PDEATHSIG, BigInt(SIGKILL), 0n, 0n, 0n));
}

/** Lets a descriptor live on in the program that execve(2) starts; Node closes all but 0 to 2 there. */
export function keepOnExec(fd: number): void {
  check('fcntl', libc.fcntl(fd, F_SETFD, 0n));
}
