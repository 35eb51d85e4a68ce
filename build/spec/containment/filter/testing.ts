/** A call, as `struct seccomp_data` has it. Every argument has the same value. */
export interface Call {
  readonly arch: number;
  readonly number: number;
  readonly argument: bigint;
}

/** Runs a filter on a call, as the kernel does (bpf_prog_run of cBPF). @returns SECCOMP_RET_… */
export function answerOf(filter: Buffer, { arch, number, argument }: Call): number {
  const halves = [Number(argument & 0xffff_ffffn), Number(argument >> 32n)];
  const words = [number, arch, ...[0, 0], ...Array.from({ length: 6 }, () => halves).flat()];
  let held = 0;
  for (let at = 0; ; at += 8) {
    const [code, value] = [filter.readUInt16LE(at), filter.readUInt32LE(at + 4)];
    const jump = (holds: boolean): void => {
      at += 8 * filter.readUInt8(at + (holds ? 2 : 3));
    };
    if (code === 0x06) return value;
    if (code === 0x20) held = words[value / 4] ?? 0;
    else if (code === 0x54) held = (held & value) >>> 0;
    else if (code === 0x05) at += 8 * value;
    else if (code === 0x15) jump(held === value);
    else if (code === 0x25) jump(held > value);
    else if (code === 0x35) jump(held >= value);
    else throw new Error(`Unknown instruction ${code.toString(16)}`);
  }
}

/** AUDIT_ARCH_…, and one that no filter of kit's knows: riscv64. */
export const audit = {
  x86_64: 0xc000_003e,
  i386: 0x4000_0003,
  aarch64: 0xc000_00b7,
  arm: 0x4000_0028,
  riscv64: 0xc000_00f3,
} as const;
