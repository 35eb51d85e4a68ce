import { sectorBytes } from '../../../lib/volumes/sector.ts';
import type { ImageFile } from '../../pieces/image-file.ts';
import { type Piece, padded, piecesBytes, slicePieces } from '../../pieces/piece.ts';
import { guidOf } from '../partitions/guid.ts';
import { blockNumbers, filledRanges } from './filled-blocks.ts';

const cookie = 'conectix';

/** By the footer: a fixed VHD is the disk itself with a footer, and others repeat it at their start. */
export async function isVhd(source: ImageFile): Promise<boolean> {
  const footerStart = await source.read(Math.max(0, source.size - sectorBytes), cookie.length);
  return footerStart.toString('latin1') === cookie;
}

/** The disk followed by a footer, as Azure requires it ("Virtual Hard Disk Image Format Specification"). */
export function fixedVhd(disk: readonly Piece[], content: Buffer): Piece[] {
  return [...disk, footer({ kind: kinds.fixed, bytes: piecesBytes(disk), content })];
}

const blockBytes = 2 << 20;

/**
 * A disk that grows as it is written: the footer, a header, the block allocation table for blocks of 2 MiB,
 * the blocks that hold anything but holes, each after its bitmap of one sector, and the footer again.
 */
export function dynamicVhd(disk: readonly Piece[], content: Buffer): Piece[] {
  const bytes = piecesBytes(disk);
  const blocks = blockNumbers(filledRanges(disk, blockBytes));
  const rows = Math.ceil(bytes / blockBytes);
  const table = Buffer.alloc(Math.ceil((rows * 4) / sectorBytes) * sectorBytes, 0xff);
  const dataStart = 3 + table.length / sectorBytes;
  const blockSectors = 1 + blockBytes / sectorBytes;
  for (const [at, block] of blocks.entries()) table.writeUInt32BE(dataStart + at * blockSectors, block * 4);
  const end = footer({ kind: kinds.dynamic, bytes, content });
  const allSet = Buffer.alloc(sectorBytes, 0xff);
  const data = blocks.flatMap((block) => {
    const body = slicePieces(disk, block * blockBytes, (block + 1) * blockBytes);
    return [allSet, ...padded(body, { bytes: blockBytes })];
  });
  return [end, dynamicHeader(rows), table, ...data, end];
}

const kinds = { fixed: 2, dynamic: 3 } as const;

interface Footer {
  readonly kind: (typeof kinds)[keyof typeof kinds];
  readonly bytes: number;
  readonly content: Buffer;
}

function footer({ kind, bytes, content }: Footer): Buffer {
  const sector = Buffer.alloc(sectorBytes);
  sector.write(cookie, 'latin1');
  sector.writeUInt32BE(2, 8); // always set
  sector.writeUInt32BE(0x0001_0000, 12);
  if (kind === kinds.fixed) sector.fill(0xff, 16, 24);
  else sector.writeBigUInt64BE(BigInt(sectorBytes), 16); // position of the header
  // The creator application decides whether QEMU takes the size from the length or from the coarser geometry:
  // for this name, that of its own `force_size`, from the length.
  sector.write('qem2', 28, 'latin1');
  sector.writeUInt32BE(0x0005_0003, 32);
  sector.write('Wi2k', 36, 'latin1');
  sector.writeBigUInt64BE(BigInt(bytes), 40);
  sector.writeBigUInt64BE(BigInt(bytes), 48);
  const { cylinders, heads, sectors } = geometry(bytes / sectorBytes);
  sector.writeUInt16BE(cylinders, 56);
  sector.set([heads, sectors], 58);
  sector.writeUInt32BE(kind, 60);
  guidOf(content, 'vhd').copy(sector, 68);
  sector.writeUInt32BE(onesComplement(sector), 64);
  return sector;
}

function dynamicHeader(rows: number): Buffer {
  const header = Buffer.alloc(2 * sectorBytes);
  header.write('cxsparse', 'latin1');
  header.fill(0xff, 8, 16);
  header.writeBigUInt64BE(BigInt(3 * sectorBytes), 16); // position of the table
  header.writeUInt32BE(0x0001_0000, 24);
  header.writeUInt32BE(rows, 28);
  header.writeUInt32BE(blockBytes, 32);
  header.writeUInt32BE(onesComplement(header), 36);
  return header;
}

function onesComplement(bytes: Buffer): number {
  return ~bytes.reduce((sum, byte) => sum + byte, 0) >>> 0;
}

/** The CHS geometry, by the rules of the specification's appendix. */
function geometry(wanted: number): { cylinders: number; heads: number; sectors: number } {
  const total = Math.min(wanted, 65_535 * 16 * 255);
  if (total >= 65_535 * 16 * 63) return { cylinders: Math.floor(total / 255 / 16), heads: 16, sectors: 255 };
  let sectors = 17;
  let heads = Math.max(Math.ceil(Math.floor(total / 17) / 1024), 4);
  for (const more of [31, 63]) {
    if (Math.floor(total / sectors) < heads * 1024 && heads <= 16) break;
    [sectors, heads] = [more, 16];
  }
  return { cylinders: Math.floor(total / sectors / heads), heads, sectors };
}
