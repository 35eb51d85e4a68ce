import { readFileSync } from 'node:fs';
import { collectGarbage } from '../../process/heap.ts';
import { bindFunctions } from '../ffi.ts';

const libc = bindFunctions({
  madvise: { arguments: ['uint64', 'uint64', 'int32'], return: 'int32' },
  malloc_trim: { arguments: ['uint64'], return: 'int32' },
});

/** include/uapi/asm-generic/mman-common.h */
const MADV_DONTNEED = 4;

/** A mapping of this process, as addresses. */
export interface Mapping {
  readonly start: bigint;
  readonly end: bigint;
}

/**
 * Releases memory that a long-running program needed only at its start: garbage, free
 * memory that malloc keeps, and clean pages of files such as program text. Pages still in use cost a minor
 * fault each.
 */
export function releaseMemory(): void {
  collectGarbage();
  libc.malloc_trim(0n);
  for (const { start, end } of droppableMappings(readFileSync('/proc/self/smaps', 'utf8'))) {
    // Advice only: its failure is ignored.
    libc.madvise(start, end - start, MADV_DONTNEED);
  }
}

/**
 * The mappings of smaps (proc_pid_smaps(5)) that the kernel can read again from their files: not writable,
 * and without anonymous pages. Those that the dynamic linker wrote to before making them read-only (RELRO)
 * have such pages, which would be lost.
 */
export function droppableMappings(smaps: string): Mapping[] {
  return smaps.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m).flatMap((entry) => {
    // 0082e000-03489000 r-xp 0042d000 07:03 1234   /usr/bin/node
    const head = /^([0-9a-f]+)-([0-9a-f]+) r-[x-]p [0-9a-f]+ \S+ ([0-9]+) /.exec(entry);
    if (!head || head[3] === '0' || !/^Anonymous: +0 kB$/m.test(entry)) return [];
    return [{ start: BigInt(`0x${head[1]}`), end: BigInt(`0x${head[2]}`) }];
  });
}
