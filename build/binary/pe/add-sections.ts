import { KitError } from '../../../lib/errors/errors.ts';
import { type Piece, padded, piecesBytes } from '../../pieces/piece.ts';
import { type PeFile, type PeSection, readPe, sectionHeader, sectionHeaderBytes } from './pe.ts';

export interface NewSection {
  /** `.linux`: at most 8 characters. */
  readonly name: string;
  readonly body: readonly Piece[];
  /** Bytes in memory, if more than those of the body. */
  readonly virtualBytes?: number | undefined;
}

/**
 * A PE program with sections of read-only data added after its own. Data after the program's last section,
 * such as a signature, is dropped. @throws KitError when the result would be 4 GiB or larger
 */
export function addSections(program: Buffer, name: string, added: readonly NewSection[]): Piece[] {
  const pe = readPe(program, name);
  const placed = place(pe, added, name);
  const head = Buffer.from(program.subarray(0, end(pe.sections, pe.sizeOfHeaders)));
  if (head.length > program.length)
    throw new KitError(`Cannot use "${name}" as an EFI program: it is cut short`);
  const room = pe.sizeOfHeaders - pe.table - sectionHeaderBytes * pe.sections.length;
  if (room < sectionHeaderBytes * placed.length) {
    throw new KitError(`Cannot add ${placed.length} sections to "${name}": its header has no room`);
  }
  let row = pe.table + sectionHeaderBytes * pe.sections.length;
  for (const section of placed) row += sectionHeader(section).copy(head, row);
  rewriteHeader(head, pe, placed);
  const bodies = added.flatMap(({ body }) => padded(body, { unit: pe.fileAlignment }));
  return [...padded([head], { unit: pe.fileAlignment }), ...bodies];
}

/** Where the last section ends in the file. */
function end(sections: readonly PeSection[], sizeOfHeaders: number): number {
  return Math.max(sizeOfHeaders, ...sections.map(({ fileOffset, fileBytes }) => fileOffset + fileBytes));
}

function place(pe: PeFile, added: readonly NewSection[], name: string): PeSection[] {
  const { sectionAlignment, fileAlignment, sections } = pe;
  const last = sections.map(({ address, virtualBytes }) => address + virtualBytes);
  let address = aligned(Math.max(pe.sizeOfHeaders, ...last), sectionAlignment);
  let fileOffset = aligned(end(sections, pe.sizeOfHeaders), fileAlignment);
  return added.map((section) => {
    const bytes = piecesBytes(section.body);
    const virtualBytes = Math.max(bytes, section.virtualBytes ?? 0);
    const placed = {
      name: section.name,
      virtualBytes,
      address,
      fileBytes: aligned(bytes, fileAlignment),
      fileOffset,
    };
    address = aligned(address + virtualBytes, sectionAlignment);
    fileOffset += placed.fileBytes;
    if (Math.max(address, fileOffset) > 0xffff_ffff) {
      throw new KitError(`Cannot add "${section.name}" to "${name}": EFI programs are smaller than 4 GiB`);
    }
    return placed;
  });
}

const aligned = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

function rewriteHeader(head: Buffer, pe: PeFile, placed: readonly PeSection[]): void {
  const { optional } = pe;
  const ends = placed.map(({ address, virtualBytes }) => address + virtualBytes);
  const data = placed.reduce((sum, { fileBytes }) => sum + fileBytes, head.readUInt32LE(optional + 8));
  head.writeUInt16LE(pe.sections.length + placed.length, optional - 18);
  head.writeUInt32LE(data, optional + 8);
  head.writeUInt32LE(aligned(Math.max(pe.sizeOfImage, ...ends), pe.sectionAlignment), optional + 56);
  // The checksum: only Windows checks it, for drivers, and signatures do not cover it.
  head.writeUInt32LE(0, optional + 64);
}
