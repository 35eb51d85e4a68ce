/** Whether it is an ELF file of 64 bits, little-endian: e_ident of elf(5). */
export const isElf64 = (bytes: Buffer): boolean =>
  bytes.length >= 64 && bytes.readUInt32BE(0) === 0x7f454c46 && bytes[4] === 2 && bytes[5] === 1;

export const number64 = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));
