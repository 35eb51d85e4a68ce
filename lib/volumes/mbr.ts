import { mbrTable } from './partitions.ts';
import { sectorBytes } from './sector.ts';

export interface MbrPartition {
  readonly type: number;
  /** In sectors. */
  readonly first: number;
  readonly sectors: number;
  /** Bootable by BIOS. */
  readonly active: boolean;
}

/** Types of MBR partitions: FAT32 with LBA, a GPT's protective partition, an EFI system partition. */
export const partitionTypes = { fat32: 0x0c, protective: mbrTable.protective, efi: 0xef } as const;

/**
 * The first sector of a disk: up to 440 bytes of code, u32 disk signature, two zeros, a table of four rows of
 * 16 bytes (flag, first sector as CHS, type, last sector as CHS, u32 first sector, u32 sectors), and the
 * signature 55 aa.
 */
export function mbrSector(
  partition: MbrPartition,
  { code, serial = 0 }: { code?: Buffer; serial?: number },
): Buffer {
  const sector = Buffer.alloc(sectorBytes);
  code?.copy(sector, 0, 0, 440);
  sector.writeUInt32LE(serial, 440);
  const { type, first, sectors, active } = partition;
  const row = sector.subarray(mbrTable.at, mbrTable.at + mbrTable.rowBytes);
  row[0] = active ? 0x80 : 0;
  chsAddress(first).copy(row, 1);
  row[4] = type;
  chsAddress(first + sectors - 1).copy(row, 5);
  row.writeUInt32LE(first, 8);
  // A protective partition of 2 TiB and more ends at the largest number; the GPT has the true length.
  row.writeUInt32LE(Math.min(sectors, 0xffff_ffff), 12);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

/** Head, sector and cylinder on a disk of 255 heads and 63 sectors a track; the last one for all beyond. */
function chsAddress(sector: number): Buffer {
  const cylinder = Math.floor(sector / (255 * 63));
  if (cylinder > 1023) return Buffer.from([0xfe, 0xff, 0xff]);
  const head = Math.floor(sector / 63) % 255;
  return Buffer.from([head, ((sector % 63) + 1) | ((cylinder >> 2) & 0xc0), cylinder & 0xff]);
}
