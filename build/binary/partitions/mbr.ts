import { sectorBytes } from '../fat/geometry.ts';

export interface MbrPartition {
  readonly type: number;
  /** In sectors. */
  readonly first: number;
  readonly sectors: number;
  /** The one that a BIOS starts. */
  readonly active: boolean;
}

export const partitionTypes = { fat32: 0x0c, protective: 0xee } as const;

/**
 * The first sector of a disk: up to 440 bytes of code, a serial number, four rows of 16 bytes (flag, begin as cylinder,
 * head and sector, type, end, u32 first sector, u32 sectors), and the mark 55 aa.
 */
export function mbrSector(
  partition: MbrPartition,
  { code, serial = 0 }: { code?: Buffer; serial?: number },
): Buffer {
  const sector = Buffer.alloc(sectorBytes);
  code?.copy(sector, 0, 0, 440);
  sector.writeUInt32LE(serial, 440);
  const { type, first, sectors, active } = partition;
  const row = sector.subarray(446, 462);
  row[0] = active ? 0x80 : 0;
  oldAddress(first).copy(row, 1);
  row[4] = type;
  oldAddress(first + sectors - 1).copy(row, 5);
  row.writeUInt32LE(first, 8);
  // A protective row covers as much as it can say; the true length is GPT's.
  row.writeUInt32LE(Math.min(sectors, 0xffff_ffff), 12);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

/** Head, sector and cylinder on a disk of 255 heads and 63 sectors a track; the last there is for what lies beyond. */
function oldAddress(sector: number): Buffer {
  const cylinder = Math.floor(sector / (255 * 63));
  if (cylinder > 1023) return Buffer.from([0xfe, 0xff, 0xff]);
  const head = Math.floor(sector / 63) % 255;
  return Buffer.from([head, ((sector % 63) + 1) | ((cylinder >> 2) & 0xc0), cylinder & 0xff]);
}
