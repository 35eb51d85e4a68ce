/** The action of a test's guest after it has printed its text. */
export type RomEnding = 'power-off' | 'reset' | 'halt' | 'echo';

/**
 * Firmware for QEMU's q35 that writes a text to the serial console and then does `ending`: a guest that boots
 * in milliseconds. `echo` sends back its input, for ever.
 */
export function serialRom(text: string, ending: RomEnding): Buffer {
  const rom = Buffer.alloc(65_536, 0xf4);
  const code = [
    'fa', // cli
    'ba f803', // mov dx, 0x3f8
    // mov al, byte; out dx, al
    ...[...Buffer.from(text)].map((byte) => `b0 ${byte.toString(16).padStart(2, '0')} ee`),
    ...endings[ending],
  ];
  Buffer.from(code.join('').replaceAll(' ', ''), 'hex').copy(rom);
  // The reset vector is in the last 16 bytes: jmp 0xf000:0.
  Buffer.from('ea000000f0', 'hex').copy(rom, rom.length - 16);
  return rom;
}

/** Writes a register of the ICH9's ISA bridge, 00:1f.0, through PCI configuration space. */
const bridge = (register: string, value: string): string[] => [
  `66 b8 ${register}f80080`, // mov eax, 0x8000f8<register>
  'ba f80c 66 ef', // mov dx, 0xcf8; out dx, eax
  `66 b8 ${value}`, // mov eax, value
  'ba fc0c 66 ef', // mov dx, 0xcfc; out dx, eax
];

/** in al, dx from 0x3f8, once LSR.DR in 0x3fd is set. */
const readByte = 'ba fd03 ec a8 01 74 fb ba f803 ec';

const endings: Readonly<Record<RomEnding, readonly string[]>> = {
  // PMBASE = 0x600, ACPI on, then SLP_EN in PM1_CNT.
  'power-off': [...bridge('40', '01060000'), ...bridge('44', '80000000'), 'ba 0406 b8 0020 ef f4'],
  reset: ['ba f90c b0 06 ee f4'], // mov dx, 0xcf9; mov al, 6; out dx, al; hlt
  halt: ['f4'],
  // Read a byte; out dx, al; again.
  echo: [readByte, 'ee', 'eb f1'],
};
