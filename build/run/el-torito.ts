import type { ImageBytes } from './image-bytes.ts';
import type { Bootable } from './partition-table.ts';

const sectorBytes = 2048;
/** Volume descriptors begin here (ECMA-119, 6.2.1); the boot record is the second (El Torito 1.0, 2.0). */
const descriptors = 16 * sectorBytes;
const bootRecord = 17 * sectorBytes;

/** Whether this is an ISO 9660 volume. */
export async function isIso(source: ImageBytes): Promise<boolean> {
  return (await source.read(descriptors, 6)).toString('latin1', 1) === 'CD001';
}

/**
 * Which firmware an ISO 9660 volume starts, by its El Torito catalogue.
 *
 * ```
 * boot record      1 "CD001" | 7 "EL TORITO SPECIFICATION" | 71 u32 sector of the catalogue
 * catalogue        entries of 32 bytes
 *   validation     0 01 | 1 platform: 0 for BIOS, ef for EFI     of the entry after it
 *   entry          0 88 bootable, 00 not | …
 *   section        0 90, or 91 for the last | 1 platform | 2 u16 number of entries after it
 * ```
 */
export async function isoBoots(source: ImageBytes): Promise<Bootable> {
  const record = await source.read(bootRecord, sectorBytes);
  const id = record.toString('latin1', 1, 30);
  if (record.length < sectorBytes || !id.startsWith('CD001') || !id.endsWith('EL TORITO SPECIFICATION'))
    return { bios: false, uefi: false };
  const catalogue = await source.read(record.readUInt32LE(71) * sectorBytes, sectorBytes);
  const platforms = bootPlatforms(catalogue);
  return { bios: platforms.has(0), uefi: platforms.has(0xef) };
}

/** Platforms with at least one bootable entry. */
function bootPlatforms(catalogue: Buffer): Set<number> {
  const found = new Set<number>();
  let platform = 0;
  for (let at = 0; at + 32 <= catalogue.length; at += 32) {
    const [kind, value] = [catalogue[at], catalogue[at + 1] ?? 0];
    if (kind === 0x01 || kind === 0x90 || kind === 0x91) platform = value;
    else if (kind === 0x88) found.add(platform);
  }
  return found;
}
