import { getRawPointer, toBuffer } from 'node:ffi';
import { constants } from 'node:os';
import { bindFunctions, check, SyscallError, stackTop } from '../ffi.ts';

/** The low halves of rax, rbx, rcx, rdx, rsi and rdi, each without a sign. */
export type PortRegisters = readonly [number, number, number, number, number, number];

const libc = bindFunctions({
  bsearch: { arguments: ['pointer', 'pointer', 'uint64', 'uint64', 'pointer'], return: 'pointer' },
  clone: { arguments: ['pointer', 'pointer', 'int32', 'pointer'], return: 'int32' },
  ioperm: { arguments: ['uint64', 'uint64', 'int32'], return: 'int32' },
  mmap: { arguments: ['pointer', 'uint64', 'int32', 'int32', 'int32', 'int64'], return: 'uint64' },
  mprotect: { arguments: ['uint64', 'uint64', 'int32'], return: 'int32' },
  waitpid: { arguments: ['int32', 'pointer', 'int32'], return: 'int32' },
});

/** include/uapi/asm-generic/mman-common.h, mman.h */
const PROT_READ_WRITE = 3;
const PROT_READ_EXEC = 5;
const MAP_PRIVATE_ANONYMOUS = 0x22;
/** include/uapi/linux/wait.h */
const __WALL = 0x4000_0000;

/** `int read(uint64_t registers[6])` by the calling convention of x86-64, which wants rbx back. */
const code = Buffer.from(
  [
    'f30f1efa', // endbr64
    '53', //       push rbx
    '57', //       push rdi
    '488b07', //   mov rax, [rdi]
    '488b5f08', // mov rbx, [rdi+8]
    '488b4f10', // mov rcx, [rdi+16]
    '488b5718', // mov rdx, [rdi+24]
    '488b7720', // mov rsi, [rdi+32]
    '488b7f28', // mov rdi, [rdi+40]
    'ed', //       in eax, dx
    '48873c24', // xchg rdi, [rsp]
    '488907', //   mov [rdi], rax
    '48895f08', // mov [rdi+8], rbx
    '48894f10', // mov [rdi+16], rcx
    '48895718', // mov [rdi+24], rdx
    '48897720', // mov [rdi+32], rsi
    '8f4728', //   pop [rdi+40]
    '5b', //       pop rbx
    '31c0', //     xor eax, eax
    'c3', //       ret
  ].join(''),
  'hex',
);

/**
 * Reads an I/O port (its number is the low half of rdx) with all registers given, and returns what they are
 * afterwards: a hypervisor that owns the port may change each of them. On x86-64 alone.
 *
 * Where neither the kernel nor the hypervisor lets this process read the port, the processor faults; so a
 * copy of the process reads it first. That one's end is the answer.
 * @throws SyscallError; its code is EPERM where the port may not be read
 */
export function openPort(first: PortRegisters): (registers: PortRegisters) => PortRegisters {
  // No process without CAP_SYS_RAWIO is allowed this, and under VMware's hypervisor none needs it.
  libc.ioperm(BigInt(first[3] & 0xffff), 4n, 1);
  const address = mapCode();
  const memory = Buffer.alloc(first.length * 8);
  // Without CLONE_VM: whatever happens to the copy, it happens to its own memory. Without a signal for its
  // end: nothing else in this process is to take it for a child of its own.
  put(memory, first);
  const stack = Buffer.alloc(16 << 10);
  const pid = check('clone', libc.clone(address, stackTop(stack), 0, getRawPointer(memory)));
  const status = Buffer.alloc(4);
  check('waitpid', libc.waitpid(pid, status, __WALL));
  if (status.readUInt32LE() !== 0) throw new SyscallError('in', constants.errno.EPERM);
  return (registers) => {
    put(memory, registers);
    // What a binary search compares is its key and an element: here the code is what compares.
    libc.bsearch(memory, memory, 1n, 1n, address);
    return taken(memory);
  };
}

/** Where the code is: a page that is never both writable and executable, and stays. */
function mapCode(): bigint {
  const size = 4096n;
  const address = libc.mmap(null, size, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0n);
  // MAP_FAILED is -1.
  if (address === 2n ** 64n - 1n) throw new SyscallError('mmap', constants.errno.ENOMEM);
  code.copy(toBuffer(address, code.length, false));
  check('mprotect', libc.mprotect(address, size, PROT_READ_EXEC));
  return address;
}

function put(memory: Buffer, registers: PortRegisters): void {
  for (const [index, value] of registers.entries()) memory.writeBigUInt64LE(BigInt(value), index * 8);
}

function taken(memory: Buffer): PortRegisters {
  const at = (index: number): number => memory.readUInt32LE(index * 8);
  return [at(0), at(1), at(2), at(3), at(4), at(5)];
}
