import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({
  fallocate: { arguments: ['int32', 'int32', 'int64', 'int64'], return: 'int32' },
});

/** fallocate(2): gives a file its first `bytes` bytes on the disk, without holes. @throws SyscallError */
export function allocate(fd: number, bytes: number, path: string): void {
  check('fallocate', libc.fallocate(fd, 0, 0n, BigInt(bytes)), path);
}
