import { closeSync, openSync } from 'node:fs';
import { bindFunctions, check, SyscallError } from '../ffi.ts';

/** glibc has no wrapper for finit_module(2). */
const libc = bindFunctions({
  syscall: { arguments: ['int64', 'int64', 'pointer', 'int64'], return: 'int64' },
});

/** arch/x86/entry/syscalls/syscall_64.tbl; include/uapi/asm-generic/unistd.h for arm64 */
const finitModuleNumber: Readonly<Record<string, bigint>> = { x64: 313n, arm64: 273n };

/** include/uapi/linux/module.h */
const MODULE_INIT_COMPRESSED_FILE = 4n;

/**
 * Loads a module file. The kernel itself decompresses `.ko.xz`, `.ko.gz` and `.ko.zst`. False: it was loaded
 * already.
 *
 * @throws SyscallError: ENOENT when a symbol is missing, ENODEV when the driver finds no device.
 */
export function loadModuleFile(path: string, parameters = ''): boolean {
  const number = finitModuleNumber[process.arch];
  if (number === undefined)
    throw new RangeError(`Cannot load "${path}": no system call number for ${process.arch}`);
  const fd = openSync(path, 'r');
  try {
    const flags = /\.(xz|gz|zst)$/.test(path) ? MODULE_INIT_COMPRESSED_FILE : 0n;
    check('finit_module', libc.syscall(number, BigInt(fd), parameters, flags), path);
    return true;
  } catch (thrown) {
    if (thrown instanceof SyscallError && thrown.code === 'EEXIST') return false;
    throw thrown;
  } finally {
    closeSync(fd);
  }
}
