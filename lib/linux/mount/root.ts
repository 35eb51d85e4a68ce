import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({
  fchdir: { arguments: ['int32'], return: 'int32' },
  chroot: { arguments: ['string'], return: 'int32' },
});

/**
 * From now on `/` is the folder behind a descriptor, for all threads of this process: no path and no link leads out of it.
 * Opened at /proc/PID/root, it is the root that another process sees, with its mounts. chroot(2), fchdir(2)
 */
export function enterRoot(fd: number): void {
  check('fchdir', libc.fchdir(fd));
  check('chroot', libc.chroot('.'));
}
