import type { SeccompRule } from '../../oci/oci-runtime.ts';
import type { FilterProgram } from './program.ts';

type Condition = NonNullable<SeccompRule['args']>[number];

/** Labels. `no` is made here: it is what follows. */
interface Ways {
  readonly yes: string;
  readonly no: string;
}

/**
 * Goes to `yes` if all conditions hold, and on to what follows if not. Arguments are 64 bits in `struct
 * seccomp_data`; of those of an architecture of 32 bits only the lower half counts, as with libseccomp.
 */
export function writeConditions(
  program: FilterProgram,
  conditions: readonly Condition[],
  bits: 32 | 64,
  { yes, no }: Ways,
): void {
  for (const [at, condition] of conditions.entries()) {
    const next = `${no} holds ${at}`;
    writeCondition(program, condition, bits, { yes: at === conditions.length - 1 ? yes : next, no });
    program.label(next);
  }
  program.label(no);
}

function writeCondition(
  program: FilterProgram,
  condition: Condition,
  bits: 32 | 64,
  { yes, no }: Ways,
): void {
  const { index, op } = condition;
  const [mask, wanted] = operandsOf(condition);
  const [equal, other] = op === 'SCMP_CMP_NE' ? [no, yes] : [yes, no];
  // u64 args[6]
  const offset = 16 + 8 * index;
  if (bits === 64) {
    writeHalf(program, offset + 4, mask >> 32n, wanted >> 32n, { yes: undefined, no: other });
  }
  writeHalf(program, offset, mask & 0xffff_ffffn, wanted & 0xffff_ffffn, { yes: equal, no: other });
}

const all = 0xffff_ffff_ffff_ffffn;

function operandsOf({ op, value, valueTwo = 0 }: Condition): [mask: bigint, wanted: bigint] {
  if (op === 'SCMP_CMP_MASKED_EQ') return [BigInt(value), BigInt(valueTwo)];
  if (op === 'SCMP_CMP_EQ' || op === 'SCMP_CMP_NE') return [all, BigInt(value)];
  throw new Error(`The default filter has no ${op}`);
}

function writeHalf(
  program: FilterProgram,
  offset: number,
  mask: bigint,
  wanted: bigint,
  { yes, no }: { readonly yes: string | undefined; readonly no: string },
): void {
  program.load(offset);
  if (mask !== 0xffff_ffffn) program.and(Number(mask));
  program.ifEqual(Number(wanted), yes, no);
}
