import { isElf64, number64 } from './elf64.ts';

/** A range of a file, in bytes. */
export interface FileRange {
  readonly at: number;
  readonly size: number;
}

/** Programs have some dozen sections and some ten thousand symbols. Broken tables may say anything. */
const mostSections = 65_535;
const mostSymbols = 4_000_000;

/** sh_type */
const symbolTables: readonly number[] = [2 /* SHT_SYMTAB */, 11 /* SHT_DYNSYM */];

/**
 * Where in an ELF file of 64 bits, little-endian, the object lies that a symbol names: elf(5).
 * @param wanted matches the whole name
 * @returns undefined for another file, without the symbol, or if its range is not within the file
 */
export function symbolRange(bytes: Buffer, wanted: RegExp): FileRange | undefined {
  if (!isElf64(bytes)) return undefined;
  try {
    const range = findSymbol(bytes, wanted);
    return range && range.at >= 0 && range.at + range.size <= bytes.length ? range : undefined;
  } catch (thrown) {
    // An offset beyond the end of the file.
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

function findSymbol(bytes: Buffer, wanted: RegExp): FileRange | undefined {
  const sections = readSections(bytes);
  for (const table of sections.filter(({ type }) => symbolTables.includes(type))) {
    const names = sections[table.link]?.offset;
    const count = Math.floor(table.size / 24);
    if (names === undefined || count > mostSymbols) continue;
    // Elf64_Sym: st_name at 0, st_shndx at 6, st_value at 8, st_size at 16.
    for (let at = table.offset; at < table.offset + count * 24; at += 24) {
      if (!wanted.test(nameAt(bytes, names + bytes.readUInt32LE(at)))) continue;
      const section = sections[bytes.readUInt16LE(at + 6)];
      if (!section) continue;
      return {
        at: number64(bytes, at + 8) - section.address + section.offset,
        size: number64(bytes, at + 16),
      };
    }
  }
  return undefined;
}

interface Section {
  readonly type: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

/** Elf64_Ehdr: e_shoff at 40, e_shentsize at 58, e_shnum at 60. */
function readSections(bytes: Buffer): Section[] {
  const [start, size, count] = [number64(bytes, 40), bytes.readUInt16LE(58), bytes.readUInt16LE(60)];
  return Array.from({ length: Math.min(count, mostSections) }, (_, index) => {
    const header = start + index * size;
    return {
      type: bytes.readUInt32LE(header + 4),
      address: number64(bytes, header + 16),
      offset: number64(bytes, header + 24),
      size: number64(bytes, header + 32),
      link: bytes.readUInt32LE(header + 40),
    };
  });
}

/** Names that are looked for are short. */
function nameAt(bytes: Buffer, at: number): string {
  const text = bytes.subarray(at, at + 256);
  const end = text.indexOf(0);
  return end < 0 ? '' : text.toString('latin1', 0, end);
}
