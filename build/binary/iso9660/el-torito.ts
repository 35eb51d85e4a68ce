import type { Piece } from '../../pieces/piece.ts';
import { bytesOf } from '../../pieces/read-pieces.ts';
import { blockBytes } from './numbers.ts';

/** A program for firmware to start. */
export interface BootProgram {
  /** `bios`: GRUB's cdboot image, loaded by its first four sectors. `efi`: a FAT file system. */
  readonly firmware: 'bios' | 'efi';
  readonly pieces: readonly Piece[];
}

/** Where a boot program lies. */
export interface BootPlace {
  readonly firmware: BootProgram['firmware'];
  readonly block: number;
  readonly bytes: number;
}

const platforms = { bios: 0, efi: 0xef } as const;
/** What the firmware loads, in sectors of 512 bytes: cdboot loads the rest of itself. */
const biosSectors = 4;

/**
 * The boot catalog, El Torito 2.0 section 2.0: entries of 32 bytes; the first one is checked by its sum, the second is
 * the default, each further platform has a header of its own.
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
  bytes.set([1, platform]);
  bytes.set([0x55, 0xaa], 30);
  let sum = 0;
  for (let at = 0; at < 32; at += 2) sum += bytes.readUInt16LE(at);
  bytes.writeUInt16LE(-sum & 0xffff, 28);
  return bytes;
}

/** Bootable | 1 no emulation | 6 sectors, u16 | 8 first block, u32 */
function entry({ firmware, block, bytes }: BootPlace): Buffer {
  const sectors = firmware === 'bios' ? biosSectors : Math.ceil(bytes / 512);
  const found = Buffer.alloc(32);
  found.writeUInt8(0x88, 0);
  // EDK II takes all that follows when the number says nothing, which it must for more than 32 MiB.
  found.writeUInt16LE(sectors > 0xffff ? 0 : sectors, 6);
  found.writeUInt32LE(block, 8);
  return found;
}

/** 0x91: the last one, 0x90: more follow | 1 platform | 2 entries, u16 */
function sectionHeader(platform: number, isLast: boolean): Buffer {
  const header = Buffer.alloc(32);
  header.set([isLast ? 0x91 : 0x90, platform]);
  header.writeUInt16LE(1, 2);
  return header;
}

/** The block of the primary volume descriptor. */
const primaryBlock = 16;

/**
 * The program with its own place written into it, so that it finds the rest of itself: for cdboot the boot information
 * table (at 8: u32 block of the volume descriptor, u32 own block, u32 own length, u32 sum of all words from 64 on), for
 * the image that the MBR starts GRUB's own (at 2548: u64 the sector after the next four).
 */
export async function informed({ firmware, pieces }: BootProgram, block: number): Promise<readonly Piece[]> {
  if (firmware !== 'bios') return pieces;
  const bytes = await bytesOf(pieces);
  bytes.writeBigUInt64LE(BigInt(block * 4 + 5), 2548);
  bytes.fill(0, 8, 64);
  const words = Buffer.concat([bytes], Math.ceil(bytes.length / 4) * 4);
  let sum = 0;
  for (let at = 64; at < words.length; at += 4) sum = (sum + words.readUInt32LE(at)) >>> 0;
  for (const [at, value] of [primaryBlock, block, bytes.length, sum].entries())
    bytes.writeUInt32LE(value, 8 + 4 * at);
  return [bytes];
}
