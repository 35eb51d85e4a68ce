import { getRawPointer } from 'node:ffi';
import { bindFunctions, check } from '../ffi.ts';

/** syscall(2) with numbers only: a pointer is 0n, or the address of a buffer. */
const libc = bindFunctions({
  syscall: {
    arguments: ['int64', 'int64', 'int64', 'int64', 'int64', 'int64', 'int64'],
    return: 'int64',
  },
});

/** Numbers: arch/x86/entry/syscalls/syscall_64.tbl; include/uapi/asm-generic/unistd.h for arm64. */
const numbers = {
  acct: { x64: 163, arm64: 89 },
  add_key: { x64: 248, arm64: 217 },
  bpf: { x64: 321, arm64: 280 },
  chroot: { x64: 161, arm64: 51 },
  finit_module: { x64: 313, arm64: 273 },
  io_uring_setup: { x64: 425, arm64: 425 },
  iopl: { x64: 172, arm64: undefined },
  kexec_load: { x64: 246, arm64: 104 },
  keyctl: { x64: 250, arm64: 219 },
  open_by_handle_at: { x64: 304, arm64: 265 },
  perf_event_open: { x64: 298, arm64: 241 },
  process_vm_readv: { x64: 310, arm64: 270 },
  reboot: { x64: 169, arm64: 142 },
  setns: { x64: 308, arm64: 268 },
  settimeofday: { x64: 170, arm64: 170 },
  swapon: { x64: 167, arm64: 224 },
  syslog: { x64: 103, arm64: 116 },
  unshare: { x64: 272, arm64: 97 },
  userfaultfd: { x64: 323, arm64: 282 },
} as const;

/** Where a buffer lies; the caller keeps it alive. */
export const addressOf = (buffer: Buffer): bigint => getRawPointer(buffer);

export type RawCall = keyof typeof numbers;

/** False: this architecture has no such call. */
export const hasRawCall = (name: RawCall): boolean => numberOf(name) !== undefined;

/**
 * A system call without a wrapper in glibc, or one that `kit audit` tries in a service. Of a buffer its
 * address is passed. @throws SyscallError
 */
export function rawCall(name: RawCall, ...given: readonly (number | Buffer)[]): number {
  const number = numberOf(name);
  if (number === undefined) throw new RangeError(`Cannot call ${name}: ${process.arch} has no such call`);
  const words = given.map((one) => (typeof one === 'number' ? BigInt(one) : getRawPointer(one)));
  const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n] = words;
  return Number(check(name, libc.syscall(BigInt(number), a, b, c, d, e, f)));
}

function numberOf(name: RawCall): number | undefined {
  const { arch } = process;
  return arch === 'x64' || arch === 'arm64' ? numbers[name][arch] : undefined;
}
