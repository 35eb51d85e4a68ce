import { bindFunctions, check } from '../ffi.ts';

/** Variadic in C, and called as a fixed function: right for one integer or pointer argument on x86-64 and arm64 Linux. */
const libc = bindFunctions({ ioctl: { arguments: ['int32', 'uint64', 'pointer'], return: 'int32' } });

/** ioctl(2) whose argument is a struct; the kernel may write into it. `name` is for the error, e.g. `LOOP_CONFIGURE`. */
export function ioctl(
  name: string,
  fd: number,
  request: number,
  argument: Buffer | null,
  subject?: string,
): number {
  return check(`ioctl ${name}`, libc.ioctl(fd, BigInt(request), argument), subject);
}
