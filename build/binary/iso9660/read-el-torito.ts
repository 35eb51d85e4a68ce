import type { ReadBytes } from '../../pieces/image-bytes.ts';
import type { Bootable } from '../partitions/partition-table.ts';

const sectorBytes = 2048;
/** Volume descriptors begin here (ECMA-119, 6.2.1); the boot record is the second (El Torito 1.0, 2.0). */
const descriptors = 16 * sectorBytes;
const bootRecord = 17 * sectorBytes;

/** Whether this is an ISO 9660 volume. */
export async function isIso(source: ReadBytes): Promise<boolean> {
  return (await source.read(descriptors, 6)).toString('latin1', 1) === 'CD001';
}

/**
 * Which firmware an ISO 9660 volume starts, by its El Torito catalogue.
 *
 * ```
 * boot record      1 "CD001" | 7 "EL TORITO SPECIFICATION" | 71 u32 sector of the catalogue
 * catalogue        entries of 32 bytes
 *   validation     0 01 | 1 platform: 0 for BIOS, ef for EFI     of the entry after it
 *   entry          0 88 bootable, 00 not | 8 u32 sector of the program | …
 *   section        0 90, or 91 for the last | 1 platform | 2 u16 number of entries after it
 * ```
 */
export async function isoBoots(source: ReadBytes): Promise<Bootable> {
  const programs = await bootPrograms(source);
  return { bios: programs.has(0), uefi: programs.has(0xef) };
}

/** The byte at which the FAT volume begins that UEFI looks into; undefined without one. */
export async function isoEfiSystemStart(source: ReadBytes): Promise<number | undefined> {
  return (await bootPrograms(source)).get(0xef);
}

/** Where the first bootable entry of each platform lies, in bytes. */
async function bootPrograms(source: ReadBytes): Promise<Map<number, number>> {
  const record = await source.read(bootRecord, sectorBytes);
  const id = record.toString('latin1', 1, 30);
  const found = new Map<number, number>();
  if (record.length < sectorBytes || !id.startsWith('CD001') || !id.endsWith('EL TORITO SPECIFICATION'))
    return found;
  const catalogue = await source.read(record.readUInt32LE(71) * sectorBytes, sectorBytes);
  let platform = 0;
  for (let at = 0; at + 32 <= catalogue.length; at += 32) {
    const [kind, value] = [catalogue[at], catalogue[at + 1] ?? 0];
    if (kind === 0x01 || kind === 0x90 || kind === 0x91) platform = value;
    else if (kind === 0x88 && !found.has(platform))
      found.set(platform, catalogue.readUInt32LE(at + 8) * sectorBytes);
  }
  return found;
}
