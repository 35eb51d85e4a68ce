import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({ mknod: { arguments: ['string', 'uint32', 'uint64'], return: 'int32' } });

/** include/uapi/linux/stat.h */
const S_IFCHR = 0o020000;

/** mknod(2): a character device, for root alone. @throws SyscallError */
export function makeCharacterDevice(path: string, major: number, minor: number): void {
  // Of glibc's encoding (sys/sysmacros.h) numbers below 256 need only this much.
  check('mknod', libc.mknod(path, S_IFCHR | 0o600, BigInt((major << 8) | minor)), path);
}

/** The numbers in `st_rdev` of stat(2), in glibc's encoding; Linux has 12 and 20 bits for them. */
export const deviceNumbers = (rdev: number): { readonly major: number; readonly minor: number } => ({
  major: (rdev >>> 8) & 0xfff,
  minor: (rdev & 0xff) | ((rdev >>> 12) & 0xfff00),
});
