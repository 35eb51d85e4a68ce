import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({
  fchdir: { arguments: ['int32'], return: 'int32' },
  chroot: { arguments: ['string'], return: 'int32' },
});

/**
 * chroot(2) to an open folder, for all threads of this process: no path and no symbolic link leads out of it.
 * A descriptor of /proc/PID/root is the root of that process, with the mounts of its namespace.
 */
export function enterRoot(fd: number): void {
  check('fchdir', libc.fchdir(fd));
  check('chroot', libc.chroot('.'));
}
