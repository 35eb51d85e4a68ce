import { blockBytes } from '../../../lib/volumes/iso9660-descriptor.ts';
import { partitionTypes } from '../../../lib/volumes/mbr.ts';
import { sectorBytes } from '../../../lib/volumes/sector.ts';
import type { BootPlace } from './el-torito.ts';

const blockSectors = blockBytes / sectorBytes;

/**
 * An MBR for a volume that is written to a disk or a USB stick: GRUB's boot code with the position of its
 * image (at 432, u64: its fifth sector), a disk signature (440), and one partition: the EFI system partition,
 * or for BIOS the whole volume. Two would overlap, and EDK II refuses such a table.
 * @param code GRUB's boot_hybrid.img
 */
export function hybridMbr(places: readonly BootPlace[], blocks: number, id: string, code?: Buffer): Buffer {
  const sector = Buffer.alloc(sectorBytes);
  const bios = places.find(({ firmware }) => firmware === 'bios');
  const efi = places.find(({ firmware }) => firmware === 'efi');
  if (bios && code) {
    code.copy(sector, 0, 0, 440);
    sector.writeBigUInt64LE(BigInt(bios.block * blockSectors + 4), 432);
  }
  sector.writeUInt32LE(Number.parseInt(id.slice(0, 8), 16), 440);
  if (efi)
    partition(sector, 0, partitionTypes.efi, efi.block * blockSectors, Math.ceil(efi.bytes / sectorBytes));
  else partition(sector, 0x80, 0x17, 0, blocks * blockSectors);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

/** Status | 1 first sector in CHS | 4 type | 5 last sector in CHS | 8 first sector, u32 | 12 sectors, u32 */
function partition(mbr: Buffer, status: number, type: number, first: number, sectors: number): void {
  // The largest CHS address: readers use the sector numbers instead.
  mbr.set([status, 0xfe, 0xff, 0xff, type, 0xfe, 0xff, 0xff], 446);
  mbr.writeUInt32LE(first, 454);
  mbr.writeUInt32LE(Math.min(sectors, 0xffffffff), 458);
}
