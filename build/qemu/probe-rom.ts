/** The smallest size of a PC's firmware. */
const romBytes = 65_536;

/** The ROM's address below 1 MiB. */
const romBase = 0xf0000;

/**
 * PC firmware that does what a kernel does first: it enters long mode with paging, copies 8 MiB byte by byte,
 * and then writes K to the debug console. A shorter test is not enough: there are hosts whose KVM runs a few
 * real-mode instructions, but takes minutes for a kernel to unpack itself. Real hardware takes 20 ms.
 */
export function probeRom(): Buffer {
  const rom = Buffer.alloc(romBytes, 0xf4);
  const code = Buffer.from(instructions.map(([bytes]) => bytes.replaceAll(' ', '')).join(''), 'hex');
  code.copy(rom, 0);
  // The reset vector is in the ROM's last 16 bytes: jmp 0xf000:0.
  Buffer.from('ea000000f0', 'hex').copy(rom, romBytes - 16);
  return rom;
}

/** I/O ports: the ROM writes K to the first, then to the second, whose device ends QEMU. */
export const probePorts = { debugConsole: 0xe9, exit: 0xf4 } as const;

/** The address of the 64-bit code among the instructions below. */
const longMode = (romBase + 0x6f).toString(16);

const instructions: readonly (readonly [bytes: string, assembly: string])[] = [
  ['fa', 'cli'],
  ['fc', 'cld'],
  ['66 31c0', 'xor eax, eax'],
  ['8ec0', 'mov es, ax'],
  ['8ed8', 'mov ds, ax'],
  // Page tables at 0x1000: one entry each, and three identity-mapped pages of 2 MiB.
  ['66 bf 00100000', 'mov edi, 0x1000'],
  ['66 b9 000c0000', 'mov ecx, 0xc00'],
  ['66 f3ab', 'rep stosd'],
  ['c706 0010 0320', 'mov word [0x1000], 0x2003'],
  ['c706 0020 0330', 'mov word [0x2000], 0x3003'],
  ['c706 0030 8300', 'mov word [0x3000], 0x83'],
  ['66 c706 0830 83002000', 'mov dword [0x3008], 0x200083'],
  ['66 c706 1030 83004000', 'mov dword [0x3010], 0x400083'],
  ['b020', 'mov al, 0x20 ; CR4.PAE'],
  ['0f22e0', 'mov cr4, eax'],
  ['b8 0010', 'mov ax, 0x1000'],
  ['0f22d8', 'mov cr3, eax'],
  ['66 b9 800000c0', 'mov ecx, 0xc0000080 ; EFER'],
  ['0f32', 'rdmsr'],
  ['80cc01', 'or ah, 1 ; EFER.LME'],
  ['0f30', 'wrmsr'],
  ['2e660f0116 9c00', 'lgdt cs:[0x9c]'],
  ['0f20c0', 'mov eax, cr0'],
  ['66 0d 01000080', 'or eax, 0x80000001 ; CR0.PG, CR0.PE'],
  ['0f22c0', 'mov cr0, eax'],
  ['66 ea 6f000f00 0800', `jmp 0x8:0x${longMode}`],
  // 64-bit code. Four rounds of 2 MiB.
  ['bb 04000000', 'mov ebx, 4'],
  ['be 00002000', 'round: mov esi, 0x200000'],
  ['bf 00004000', 'mov edi, 0x400000'],
  ['b9 00002000', 'mov ecx, 0x200000'],
  ['8a06', 'byte: mov al, [rsi]'],
  ['8807', 'mov [rdi], al'],
  ['ffc6', 'inc esi'],
  ['ffc7', 'inc edi'],
  ['ffc9', 'dec ecx'],
  ['75f4', 'jnz byte'],
  ['ffcb', 'dec ebx'],
  ['75e1', 'jnz round'],
  ['b04b', "mov al, 'K'"],
  ['e6e9', 'out 0xe9, al'],
  ['b010', 'mov al, 0x10'],
  ['e6f4', 'out 0xf4, al'],
  ['f4', 'hlt'],
  // 0x9c: the operand of lgdt: limit and address of the descriptors at 0xa2. The second is a 64-bit code
  // segment.
  ['0f00 a2000f00', '.word 15; .long 0xf00a2'],
  ['0000000000000000', '.quad 0'],
  ['0000000000 9a2000', '.quad 0x00209a0000000000'],
];
