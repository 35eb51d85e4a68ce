import { bindFunctions, check } from '../ffi.ts';

/**
 * Variadic in C; calling it as a fixed function works for one pointer or integer on x86-64 and arm64 Linux.
 */
const libc = bindFunctions({ ioctl: { arguments: ['int32', 'uint64', 'pointer'], return: 'int32' } });

/** ioctl(2) with a struct, which the kernel may write to. `name` is for errors: `LOOP_CONFIGURE`. */
export function ioctl(
  name: string,
  fd: number,
  request: number,
  argument: Buffer | null,
  subject?: string,
): number {
  return check(`ioctl ${name}`, libc.ioctl(fd, BigInt(request), argument), subject);
}

const withNumber = bindFunctions({ ioctl: { arguments: ['int32', 'uint64', 'uint64'], return: 'int32' } });

/** ioctl(2) whose argument is a number, not the address of one. */
export function ioctlNumber(
  name: string,
  fd: number,
  request: number,
  argument: number,
  subject?: string,
): number {
  return check(`ioctl ${name}`, withNumber.ioctl(fd, BigInt(request), BigInt(argument)), subject);
}
