import { blockBytes, firstDescriptor } from '../../../lib/volumes/iso9660-descriptor.ts';
import { sectorBytes } from '../../../lib/volumes/sector.ts';
import type { Piece } from '../../pieces/piece.ts';
import { readAll } from '../../pieces/read-pieces.ts';

/** A boot program of a volume. */
export interface BootProgram {
  /** `bios`: GRUB's cdboot image, of which the BIOS loads four sectors. `efi`: an EFI system partition. */
  readonly firmware: 'bios' | 'efi';
  readonly pieces: readonly Piece[];
}

/** Where a boot program lies. */
export interface BootPlace {
  readonly firmware: BootProgram['firmware'];
  readonly block: number;
  readonly bytes: number;
}

/** Identifies the boot record. */
export const elTorito = 'EL TORITO SPECIFICATION';

/** Platform ids. */
export const platforms = { bios: 0, efi: 0xef } as const;

/** The first byte of each entry of the catalog. */
export const catalogKinds = { validation: 0x01, bootable: 0x88, section: 0x90, lastSection: 0x91 } as const;

/** Sectors that the BIOS loads: cdboot loads the rest of itself. */
const biosSectors = 4;

/**
 * The boot catalog (El Torito 2.0, section 2.0): entries of 32 bytes. The first has a checksum, the second is
 * the default program, and each further platform has a section header of its own.
 */
export function bootCatalog(places: readonly BootPlace[]): Buffer {
  const [first, ...others] = places;
  if (!first) throw new Error('a boot catalog without an entry');
  const sections = others.flatMap((place, at) => [
    sectionHeader(platforms[place.firmware], at + 1 === others.length),
    entry(place),
  ]);
  return Buffer.concat([validation(platforms[first.firmware]), entry(first), ...sections], blockBytes);
}

function validation(platform: number): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.set([catalogKinds.validation, platform]);
  bytes.set([0x55, 0xaa], 30);
  let sum = 0;
  for (let at = 0; at < 32; at += 2) sum += bytes.readUInt16LE(at);
  bytes.writeUInt16LE(-sum & 0xffff, 28);
  return bytes;
}

/** Bootable | 1 no emulation | 6 sectors, u16 | 8 first block, u32 */
function entry({ firmware, block, bytes }: BootPlace): Buffer {
  const sectors = firmware === 'bios' ? biosSectors : Math.ceil(bytes / sectorBytes);
  const row = Buffer.alloc(32);
  row.writeUInt8(catalogKinds.bootable, 0);
  // 16 bits count up to 32 MiB. With 0, for larger programs, EDK II loads everything up to the volume's end.
  row.writeUInt16LE(sectors > 0xffff ? 0 : sectors, 6);
  row.writeUInt32LE(block, 8);
  return row;
}

/** 0x91 for the last one, else 0x90 | 1 platform | 2 entries, u16 */
function sectionHeader(platform: number, isLast: boolean): Buffer {
  const header = Buffer.alloc(32);
  header.set([isLast ? catalogKinds.lastSection : catalogKinds.section, platform]);
  header.writeUInt16LE(1, 2);
  return header;
}

/**
 * The program with its own position patched in, which it needs to load the rest of itself. cdboot has the
 * boot information table at 8 (u32 block of the primary descriptor, u32 own block, u32 own length, u32 sum of
 * all words from 64 on); the image that the MBR starts has a u64 at 2548: the sector after the five that are
 * loaded.
 */
export async function withPosition(
  { firmware, pieces }: BootProgram,
  block: number,
): Promise<readonly Piece[]> {
  if (firmware !== 'bios') return pieces;
  const bytes = await readAll(pieces);
  bytes.writeBigUInt64LE(BigInt(block * 4 + 5), 2548);
  bytes.fill(0, 8, 64);
  const words = Buffer.concat([bytes], Math.ceil(bytes.length / 4) * 4);
  let sum = 0;
  for (let at = 64; at < words.length; at += 4) sum = (sum + words.readUInt32LE(at)) >>> 0;
  for (const [at, value] of [firstDescriptor, block, bytes.length, sum].entries())
    bytes.writeUInt32LE(value, 8 + 4 * at);
  return [bytes];
}
