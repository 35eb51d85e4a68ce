import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({
  swapon: { arguments: ['string', 'int32'], return: 'int32' },
  swapoff: { arguments: ['string'], return: 'int32' },
});

/** swapon(2): uses a file or device that has swap space. @throws SyscallError */
export function swapOn(path: string): void {
  check('swapon', libc.swapon(path, 0), path);
}

/** swapoff(2): brings back what was swapped there. @throws SyscallError */
export function swapOff(path: string): void {
  check('swapoff', libc.swapoff(path), path);
}
