import { KitError } from '../../../lib/errors/errors.ts';

/**
 * The headers of a PE32+ file, as far as adding a section needs them (PE Format, Microsoft):
 *
 *   0     "MZ" … u32 at 0x3c: where the PE header begins
 *   PE+0  "PE\0\0", u16 machine, u16 sections, … u16 at 20: bytes of the optional header, which is at 24
 *   24+0  u16 0x20b, … u32 at 8: bytes of initialized data, u32 at 32/36: alignment in memory/in the file,
 *         u32 at 56: bytes in memory, u32 at 60: bytes of all headers, u32 at 64: sum
 *   after it, 40 bytes for each section: name of 8, u32 bytes in memory, address, bytes in the file,
 *         position in the file, … u32 at 36: flags
 */
export interface PeFile {
  readonly machine: number;
  readonly sections: readonly PeSection[];
  readonly sectionAlignment: number;
  readonly fileAlignment: number;
  readonly sizeOfImage: number;
  readonly sizeOfHeaders: number;
  /** Where the section table begins. */
  readonly table: number;
  /** Where the optional header begins. */
  readonly optional: number;
}

export interface PeSection {
  readonly name: string;
  readonly virtualBytes: number;
  readonly address: number;
  readonly fileBytes: number;
  readonly fileOffset: number;
}

export const sectionHeaderBytes = 40;

/** The header fields that PE32 and PE32+ files have in common. */
export interface PeHeader {
  readonly machine: number;
  readonly sectionCount: number;
  /** Where the section table and the optional header begin. */
  readonly table: number;
  readonly optional: number;
}

/** The PE header in the first bytes of a file; undefined without one. */
export function peHeader(head: Buffer): PeHeader | undefined {
  if (head.length < 64 || head.toString('latin1', 0, 2) !== 'MZ') return undefined;
  const pe = head.readUInt32LE(0x3c);
  const optional = pe + 24;
  if (optional > head.length || head.toString('latin1', pe, pe + 4) !== 'PE\0\0') return undefined;
  return {
    machine: head.readUInt16LE(pe + 4),
    sectionCount: head.readUInt16LE(pe + 6),
    table: optional + head.readUInt16LE(pe + 20),
    optional,
  };
}

/** Whether a section has this name, as far as the section table lies in these bytes. */
export function hasSection(head: Buffer, { sectionCount, table }: PeHeader, name: string): boolean {
  const rows = Array.from({ length: sectionCount }, (_, index) => table + index * sectionHeaderBytes);
  return rows.some((at) => sectionName(head, at) === name);
}

/**
 * The headers in the first bytes of a file. @throws KitError for anything that is not a whole PE32+ header
 */
export function readPe(head: Buffer, name: string): PeFile {
  const wrong = (why: string): KitError => new KitError(`Cannot use "${name}" as an EFI program: ${why}`);
  if (head.length < 64 || head.toString('latin1', 0, 2) !== 'MZ') throw wrong('it does not begin with "MZ"');
  const header = peHeader(head);
  if (!header || header.optional + 112 > head.length) throw wrong('it has no PE header');
  const { machine, sectionCount, table, optional } = header;
  if (head.readUInt16LE(optional) !== 0x20b) throw wrong('its header is not PE32+');
  if (table + sectionCount * sectionHeaderBytes > head.length) throw wrong('its section table is not whole');
  const sectionAlignment = head.readUInt32LE(optional + 32);
  const fileAlignment = head.readUInt32LE(optional + 36);
  if (!isPower(sectionAlignment) || !isPower(fileAlignment))
    throw wrong('its alignments are not powers of two');
  return {
    ...{ machine, sectionAlignment, fileAlignment, table, optional },
    sections: Array.from({ length: sectionCount }, (_, at) => section(head, table + at * sectionHeaderBytes)),
    sizeOfImage: head.readUInt32LE(optional + 56),
    sizeOfHeaders: head.readUInt32LE(optional + 60),
  };
}

const isPower = (value: number): boolean => value > 0 && (value & (value - 1)) === 0;

function section(head: Buffer, at: number): PeSection {
  return {
    name: sectionName(head, at),
    virtualBytes: head.readUInt32LE(at + 8),
    address: head.readUInt32LE(at + 12),
    fileBytes: head.readUInt32LE(at + 16),
    fileOffset: head.readUInt32LE(at + 20),
  };
}

const sectionName = (head: Buffer, at: number): string =>
  head.toString('latin1', at, at + 8).replace(/\0+$/, '');

/** IMAGE_SCN_CNT_INITIALIZED_DATA | IMAGE_SCN_MEM_READ */
const readOnlyData = 0x4000_0040;

/** One row of the section table. */
export function sectionHeader(section: PeSection): Buffer {
  const row = Buffer.alloc(sectionHeaderBytes);
  row.write(section.name, 0, 8, 'latin1');
  row.writeUInt32LE(section.virtualBytes, 8);
  row.writeUInt32LE(section.address, 12);
  row.writeUInt32LE(section.fileBytes, 16);
  row.writeUInt32LE(section.fileOffset, 20);
  row.writeUInt32LE(readOnlyData, 36);
  return row;
}
