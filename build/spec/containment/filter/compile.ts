import type { Seccomp, SeccompRule } from '../../oci/oci-runtime.ts';
import { callNumber } from './calls.ts';
import { writeConditions } from './conditions.ts';
import { FilterProgram } from './program.ts';
import { rangesOf, writeSearch } from './search.ts';

/** An architecture whose calls a filter tells apart from others'. */
interface Abi {
  /** AUDIT_ARCH_… of include/uapi/linux/audit.h. */
  readonly audit: number;
  readonly bits: 32 | 64;
  /** Added to the numbers of its calls. */
  readonly base: number;
}

/** __X32_SYSCALL_BIT of arch/x86/include/uapi/asm/unistd.h: only this tells x32 from x86-64. */
const x32Bit = 0x4000_0000;

const abis: ReadonlyMap<string, Abi> = new Map<string, Abi>([
  ['SCMP_ARCH_X86_64', { audit: 0xc000_003e, bits: 64, base: 0 }],
  ['SCMP_ARCH_X86', { audit: 0x4000_0003, bits: 32, base: 0 }],
  ['SCMP_ARCH_X32', { audit: 0xc000_003e, bits: 32, base: x32Bit }],
  ['SCMP_ARCH_AARCH64', { audit: 0xc000_00b7, bits: 64, base: 0 }],
  ['SCMP_ARCH_ARM', { audit: 0x4000_0028, bits: 32, base: 0 }],
]);

/** include/uapi/linux/seccomp.h: what the kernel does, and offsets in `struct seccomp_data`. */
const [SECCOMP_RET_KILL_THREAD, SECCOMP_RET_ERRNO, SECCOMP_RET_ALLOW] = [0, 0x0005_0000, 0x7fff_0000];
const [numberOffset, archOffset] = [0, 4];

/**
 * The default filter as a program of classic BPF (an array of `struct sock_filter`), which answers as that of
 * libseccomp does, but searches ranges of calls instead of comparing with one after another. libseccomp's has
 * 1,108 instructions on x86-64. With net.core.bpf_jit_harden the kernel hides the constant of each, in time
 * that grows with the square of their number, at every start and every exec.
 * @param filter rules that allow, or refuse with an error
 */
export function compileFilter(filter: Seccomp): Buffer {
  const known = filter.architectures.flatMap((name) => {
    const abi = abis.get(name);
    return abi ? [{ name, ...abi }] : [];
  });
  const program = new FilterProgram();
  program.load(archOffset);
  for (const [audit, members] of Map.groupBy(known, (abi) => abi.audit)) {
    program.ifEqual(audit, undefined, `after ${audit}`);
    program.load(numberOffset);
    for (const { name, base } of members.toSorted((a, b) => b.base - a.base)) {
      program.ifAtLeast(base, undefined, `below ${name}`);
      program.goTo(name);
      program.label(`below ${name}`);
    }
    program.label(`after ${audit}`);
  }
  program.answer(SECCOMP_RET_KILL_THREAD);
  for (const abi of known) writeCalls(program, abi, filter);
  return program.bytes();
}

function writeCalls(
  program: FilterProgram,
  { name, bits, base }: Abi & { name: string },
  filter: Seccomp,
): void {
  const rules = rulesByNumber(name, filter.syscalls);
  const otherwise = answerOf(filter.defaultAction, filter.defaultErrnoRet);
  const labelOf = (answer: number): string => `${name} answers ${answer}`;
  const conditional = new Map<string, readonly SeccompRule[]>();
  const outcomes = [...rules].map(([number, all]): readonly [number, string] => {
    const always = all.find(({ args }) => args === undefined);
    if (always) return [base + number, labelOf(answerOf(always.action, always.errnoRet))];
    const label = `${name} ${number}`;
    conditional.set(label, all);
    return [base + number, label];
  });
  program.label(name);
  writeSearch(program, rangesOf(outcomes, labelOf(otherwise)), name);
  for (const [label, all] of conditional) {
    program.label(label);
    for (const [at, { args = [], action, errnoRet }] of all.entries()) {
      const yes = labelOf(answerOf(action, errnoRet));
      writeConditions(program, args, bits, { yes, no: `${label} after ${at}` });
    }
    program.goTo(labelOf(otherwise));
  }
  const answers = filter.syscalls.map(({ action, errnoRet }) => answerOf(action, errnoRet));
  for (const answer of new Set([otherwise, ...answers])) {
    program.label(labelOf(answer));
    program.answer(answer);
  }
}

function rulesByNumber(architecture: string, rules: readonly SeccompRule[]): Map<number, SeccompRule[]> {
  const found = new Map<number, SeccompRule[]>();
  for (const rule of rules) {
    for (const name of rule.names) {
      const number = callNumber(architecture, name);
      if (number !== undefined) found.set(number, [...(found.get(number) ?? []), rule]);
    }
  }
  return found;
}

function answerOf(action: string, errnoRet = 1): number {
  if (action === 'SCMP_ACT_ALLOW') return SECCOMP_RET_ALLOW;
  if (action === 'SCMP_ACT_ERRNO') return SECCOMP_RET_ERRNO | errnoRet;
  throw new Error(`The default filter has no ${action}`);
}
