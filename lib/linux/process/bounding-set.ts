import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({
  prctl: { arguments: ['int32', 'uint64', 'uint64', 'uint64', 'uint64'], return: 'int32' },
});

/** prctl(2), capabilities(7): include/uapi/linux/capability.h */
const PR_CAPBSET_DROP = 24;
const capabilities = { MKNOD: 27, SETFCAP: 31 } as const;

/**
 * Takes capabilities from what this process executes, also as root.
 * @throws SyscallError with EPERM without CAP_SETPCAP
 */
export function dropFromBoundingSet(names: readonly (keyof typeof capabilities)[]): void {
  for (const name of names)
    check('prctl', libc.prctl(PR_CAPBSET_DROP, BigInt(capabilities[name]), 0n, 0n, 0n), name);
}
