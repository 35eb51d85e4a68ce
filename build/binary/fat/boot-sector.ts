import { sectorBytes } from '../../../lib/volumes/sector.ts';
import type { Piece } from '../../pieces/piece.ts';
import type { Geometry } from './geometry.ts';

interface Volume {
  readonly label: string;
  readonly id: number;
  readonly firstSector?: number;
}

/**
 * The reserved sectors, before the first table: the boot sector with its BIOS parameter block, and for FAT32
 * the FSInfo sector and a backup of both (fatgen103, "Boot Sector and BPB"; read by
 * lib/volumes/fat-layout.ts).
 */
export function bootSectors(geometry: Geometry, volume: Volume, usedClusters: number): Piece[] {
  const boot = bootSector(geometry, volume);
  if (geometry.kind === 'fat16') return [boot];
  const pair = Buffer.concat([boot, fsInfoSector(geometry.clusters - usedClusters, usedClusters + 2)]);
  const backup = backupSector * sectorBytes;
  return [
    ...[pair, { hole: backup - pair.length }, pair],
    { hole: geometry.reserved * sectorBytes - backup - pair.length },
  ];
}

/** Where FAT32 has the backup (BPB_BkBootSec). */
const backupSector = 6;

/** int 0x18, by which a BIOS tries the next boot device, and an endless loop in case it returns. */
const notBootable = Buffer.from([0xcd, 0x18, 0xeb, 0xfe]);

function bootSector(geometry: Geometry, { label, id, firstSector = 0 }: Volume): Buffer {
  const { kind, sectors, fatSectors } = geometry;
  const isFat32 = kind === 'fat32';
  const sector = Buffer.alloc(sectorBytes);
  const codeAt = isFat32 ? 90 : 62;
  sector.set([0xeb, codeAt - 2, 0x90]);
  sector.write('MSDOS5.0', 3, 'latin1');
  sector.writeUInt16LE(sectorBytes, 11);
  sector[13] = geometry.sectorsPerCluster;
  sector.writeUInt16LE(geometry.reserved, 14);
  sector[16] = 2; // tables
  sector.writeUInt16LE(geometry.rootEntries, 17);
  const isSmall = !isFat32 && sectors < 0x10000;
  sector.writeUInt16LE(isSmall ? sectors : 0, 19);
  sector[21] = 0xf8; // a fixed disk
  sector.writeUInt16LE(isFat32 ? 0 : fatSectors, 22);
  sector.writeUInt16LE(63, 24); // sectors a track
  sector.writeUInt16LE(255, 26); // heads
  sector.writeUInt32LE(firstSector, 28);
  sector.writeUInt32LE(isSmall ? 0 : sectors, 32);
  if (isFat32) {
    sector.writeUInt32LE(fatSectors, 36);
    sector.writeUInt32LE(2, 44); // first cluster of the root directory
    sector.writeUInt16LE(1, 48); // the FSInfo sector
    sector.writeUInt16LE(backupSector, 50);
  }
  const at = isFat32 ? 64 : 36;
  sector[at] = 0x80; // the BIOS's number of the first disk
  sector[at + 2] = 0x29; // extended boot signature: id, label and kind follow
  sector.writeUInt32LE(id, at + 3);
  sector.write(label.padEnd(11), at + 7, 11, 'latin1');
  sector.write(kind.toUpperCase().padEnd(8), at + 18, 8, 'latin1');
  notBootable.copy(sector, codeAt);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

function fsInfoSector(free: number, next: number): Buffer {
  const sector = Buffer.alloc(sectorBytes);
  sector.writeUInt32LE(0x4161_5252, 0);
  sector.writeUInt32LE(0x6141_7272, 484);
  sector.writeUInt32LE(free, 488);
  sector.writeUInt32LE(next, 492);
  sector.writeUInt32LE(0xaa55_0000, 508);
  return sector;
}
