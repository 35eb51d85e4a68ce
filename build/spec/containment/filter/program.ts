/** include/uapi/linux/bpf_common.h, filter.h: classic BPF. */
const code = {
  load: 0x20,
  and: 0x54,
  goTo: 0x05,
  equal: 0x15,
  atLeast: 0x35,
  answer: 0x06,
} as const;

interface Instruction {
  readonly code: number;
  readonly value: number;
  /** Labels; absent: the next instruction. */
  readonly yes?: string | undefined;
  readonly no?: string | undefined;
}

/** Bytes of a `struct sock_filter`: u16 code, u8 jt, u8 jf, u32 k. */
const instructionBytes = 8;

/** A program of classic BPF, with labels in place of distances. */
export class FilterProgram {
  readonly #instructions: Instruction[] = [];
  readonly #labels = new Map<string, number>();

  /** Names the next instruction. */
  label(name: string): void {
    this.#labels.set(name, this.#instructions.length);
  }

  /** Loads the 32 bits at this offset of `struct seccomp_data`. */
  load(offset: number): void {
    this.#instructions.push({ code: code.load, value: offset });
  }

  and(mask: number): void {
    this.#instructions.push({ code: code.and, value: mask });
  }

  ifEqual(value: number, yes?: string, no?: string): void {
    this.#instructions.push({ code: code.equal, value, yes, no });
  }

  ifAtLeast(value: number, yes?: string, no?: string): void {
    this.#instructions.push({ code: code.atLeast, value, yes, no });
  }

  goTo(label: string): void {
    this.#instructions.push({ code: code.goTo, value: 0, yes: label });
  }

  /** Ends with what the kernel does (SECCOMP_RET_…). */
  answer(action: number): void {
    this.#instructions.push({ code: code.answer, value: action });
  }

  /** An array of `struct sock_filter` of a machine with little-endian numbers. */
  bytes(): Buffer {
    const bytes = Buffer.alloc(this.#instructions.length * instructionBytes);
    for (const [at, instruction] of this.#instructions.entries()) this.#write(bytes, at, instruction);
    return bytes;
  }

  #write(bytes: Buffer, at: number, { code: operation, value, yes, no }: Instruction): void {
    const start = at * instructionBytes;
    const isJump = operation === code.goTo;
    bytes.writeUInt16LE(operation, start);
    // Too far a condition is a RangeError here.
    if (!isJump) bytes.writeUInt8(this.#distance(at, yes), start + 2);
    bytes.writeUInt8(this.#distance(at, no), start + 3);
    bytes.writeUInt32LE(isJump ? this.#distance(at, yes) : value, start + 4);
  }

  #distance(from: number, label: string | undefined): number {
    return label === undefined ? 0 : (this.#labels.get(label) ?? Number.NaN) - from - 1;
  }
}
