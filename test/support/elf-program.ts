import type { Arch } from '../../build/host/arch.ts';

/** e_machine of elf.h. */
const machines: Readonly<Record<Arch, number>> = { amd64: 62, arm64: 183 };

/** The header of a program without segments (elf(5)), in front of other bytes: it is never run. */
export function elfProgram(arch: Arch, rest: Uint8Array = new Uint8Array()): Buffer {
  const header = Buffer.alloc(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(machines[arch], 18);
  header.writeUInt32LE(1, 20);
  header.writeUInt16LE(64, 52);
  return Buffer.concat([header, rest]);
}
