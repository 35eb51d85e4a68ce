import { isElf64, number64 } from '../../../binary/elf/elf64.ts';

/** What an ELF file of 64 bits says about where it runs. */
export interface ElfFile {
  readonly machine: 'x64' | 'arm64' | 'other';
  /** Libraries that it is linked to: `libc.so.6`. */
  readonly needed: readonly string[];
  /** Versions of symbols that it needs of them: `GLIBC_2.34`, `GLIBCXX_3.4.32`. */
  readonly versions: readonly string[];
  /** Whether it names this symbol, as its own or another library's. */
  hasSymbol(name: string): boolean;
  /** NODE_MODULE_VERSION of the Node that it was compiled for, where it says so; Node-API needs none. */
  readonly nodeAbi: number | undefined;
}

/**
 * Reads an ELF file, elf(5): the dynamic section, and the tables that it points to.
 * @returns undefined for anything else, and for a file of 32 bits, of big-endian numbers or with broken
 * tables
 */
export function readElf(bytes: Buffer): ElfFile | undefined {
  if (!isElf64(bytes)) return undefined;
  try {
    return readDynamic(bytes);
  } catch (thrown) {
    // An offset beyond the end of the file, or more than any file has.
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** e_machine */
const machines: Readonly<Record<number, ElfFile['machine']>> = { 62: 'x64', 183: 'arm64' };

/** p_type, d_tag */
const segment = { load: 1, dynamic: 2 } as const;
const tag = { needed: 1, strtab: 5, strsz: 10, verneed: 0x6ffffffe, verneednum: 0x6fffffff } as const;

function readDynamic(bytes: Buffer): ElfFile {
  const segments = readSegments(bytes);
  const entries = dynamicEntries(bytes, segments);
  const value = (wanted: number): number => entries.find(([key]) => key === wanted)?.[1] ?? 0;
  const at = fileOffset(segments, value(tag.strtab));
  const strings = bytes.toString('latin1', at, at + value(tag.strsz));
  const text = (offset: number): string => strings.slice(offset, strings.indexOf('\0', offset));
  const abi = /\0node_register_module_v(\d+)\0/.exec(strings)?.[1];
  return {
    machine: machines[bytes.readUInt16LE(18)] ?? 'other',
    needed: entries.filter(([key]) => key === tag.needed).map(([, offset]) => text(offset)),
    versions: neededVersions(bytes, fileOffset(segments, value(tag.verneed)), value(tag.verneednum), text),
    hasSymbol: (name) => strings.includes(`\0${name}\0`),
    nodeAbi: abi === undefined ? undefined : Number(abi),
  };
}

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

/** Program headers: e_phoff at 32, e_phentsize at 54, e_phnum at 56. */
function readSegments(bytes: Buffer): Segment[] {
  const [start, size] = [number64(bytes, 32), bytes.readUInt16LE(54)];
  return Array.from({ length: bytes.readUInt16LE(56) }, (_, at) => {
    const header = start + at * size;
    return {
      type: bytes.readUInt32LE(header),
      offset: number64(bytes, header + 8),
      address: number64(bytes, header + 16),
      size: number64(bytes, header + 32),
    };
  });
}

/** Large programs have some hundred entries and versions. Tables may lead to themselves. */
const entryLimit = 10_000;

/** d_tag and d_un of each entry, up to DT_NULL. */
function dynamicEntries(bytes: Buffer, segments: readonly Segment[]): (readonly [number, number])[] {
  const found = segments.find(({ type }) => type === segment.dynamic);
  const entries: (readonly [number, number])[] = [];
  for (let at = found?.offset ?? 0; found && at < found.offset + found.size; at += 16) {
    const key = number64(bytes, at);
    if (key === 0) break;
    if (entries.length === entryLimit) throw new RangeError(`more than ${entryLimit} entries`);
    entries.push([key, number64(bytes, at + 8)]);
  }
  return entries;
}

function fileOffset(segments: readonly Segment[], address: number): number {
  const holder = segments.find(
    (one) => one.type === segment.load && address >= one.address && address < one.address + one.size,
  );
  return holder ? address - holder.address + holder.offset : 0;
}

/** Elf64_Verneed: vn_cnt at 2, vn_aux at 8, vn_next at 12; Elf64_Vernaux: vna_name at 8, vna_next at 12. */
function neededVersions(bytes: Buffer, start: number, count: number, text: (at: number) => string): string[] {
  const names: string[] = [];
  let library = start;
  for (let left = start === 0 ? 0 : Math.min(count, 1000); left > 0; left -= 1) {
    let version = library + bytes.readUInt32LE(library + 8);
    for (let each = bytes.readUInt16LE(library + 2); each > 0; each -= 1) {
      if (names.length === entryLimit) throw new RangeError(`more than ${entryLimit} versions`);
      names.push(text(bytes.readUInt32LE(version + 8)));
      version += bytes.readUInt32LE(version + 12);
    }
    library += bytes.readUInt32LE(library + 12);
  }
  return names;
}
