/**
 * Code for the boot programs below: writes a text to the serial port, then powers off. `word`: the operand
 * size prefix for 16 bits.
 */
function printCode(text: string, word: string): string {
  const letters = [...Buffer.from(text)].map((byte) => `b0${byte.toString(16).padStart(2, '0')}ee`);
  return [
    `fa${word}baf803`, // cli; mov dx, 0x3f8
    ...letters, // mov al, byte; out dx, al
    // SLP_EN in PM1_CNT, which both SeaBIOS and EDK II place at 0x604.
    `${word}ba0406${word}b80020${word}ef`, // mov dx, 0x604; mov ax, 0x2000; out dx, ax
    'f4ebfd', // hlt; again
  ].join('');
}

/** A boot sector for BIOS that prints a text of up to 120 bytes on the serial console and powers off. */
export const bootSector = (text: string): Buffer => sectorOf(printCode(text, ''));

/** The same, but it first writes a copy of itself to the second sector of its disk. */
export const copyingSector = (text: string): Buffer =>
  sectorOf(
    [
      '31c08ec0', // xor ax, ax; mov es, ax
      'b80103bb007c', // mov ax, 0x0301 (write one sector); mov bx, 0x7c00 (where BIOS has loaded it)
      'b90200b600cd13', // mov cx, 2; mov dh, 0; int 0x13, of the disk in dl
      printCode(text, ''),
    ].join(''),
  );

function sectorOf(code: string): Buffer {
  const sector = Buffer.alloc(512);
  Buffer.from(code, 'hex').copy(sector, 0, 0, 440);
  sector.writeUInt16BE(0x55aa, 510);
  return sector;
}

/**
 * An EFI program that does the same. Its one section has the name of a unified kernel image's kernel, and
 * equal file and memory offsets.
 *
 * ```
 * 0 "MZ", 60 u32 offset of "PE\0\0" | 64 PE header, 24 bytes | 88 optional header (PE32+), 240 bytes
 * 328 section, 40 bytes
 * ```
 */
export function efiProgram(text: string): Buffer {
  const code = Buffer.from(printCode(text, '66'), 'hex');
  const [start, length] = [0x200, Math.ceil(code.length / 0x200) * 0x200];
  const file = Buffer.alloc(start + length);
  file.write('MZ');
  file.writeUInt32LE(64, 60);
  file.write('PE\0\0', 64);
  file.writeUInt16LE(0x8664, 68);
  file.writeUInt16LE(1, 70);
  file.writeUInt16LE(240, 84);
  // Executable, no line numbers, no symbols, no relocations needed.
  file.writeUInt16LE(0x22e, 86);
  const optional = 88;
  file.writeUInt16LE(0x20b, optional);
  file.writeUInt32LE(length, optional + 4);
  for (const at of [16, 20]) file.writeUInt32LE(start, optional + at);
  for (const at of [32, 36]) file.writeUInt32LE(0x200, optional + at);
  file.writeUInt32LE(start + length, optional + 56);
  file.writeUInt32LE(start, optional + 60);
  // EFI application.
  file.writeUInt16LE(10, optional + 68);
  file.writeUInt32LE(16, optional + 108);
  const section = optional + 240;
  file.write('.linux', section);
  for (const [at, value] of [
    [8, length],
    [12, start],
    [16, length],
    [20, start],
  ] as const)
    file.writeUInt32LE(value, section + at);
  file.writeUInt32LE(0x60000020, section + 36);
  code.copy(file, start);
  return file;
}
