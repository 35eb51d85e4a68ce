import { blockBytes, descriptorTypes, readDescriptor } from '../../../lib/volumes/iso9660-descriptor.ts';
import type { RandomAccess } from '../../../lib/volumes/random-access.ts';
import type { Bootable } from '../partitions/read-partitions.ts';
import { catalogKinds, elTorito, platforms } from './el-torito.ts';

/** Whether this is an ISO 9660 volume. */
export async function isIso(source: RandomAccess): Promise<boolean> {
  return (await readDescriptor(source, 0)) !== undefined;
}

/** The kinds of firmware that boot an ISO 9660 volume, by its El Torito catalog. */
export async function isoBoots(source: RandomAccess): Promise<Bootable> {
  const programs = await bootPrograms(source);
  return { bios: programs.has(platforms.bios), uefi: programs.has(platforms.efi) };
}

/** The byte at which the EFI system partition, a FAT volume, begins; undefined without one. */
export async function isoEfiSystemStart(source: RandomAccess): Promise<number | undefined> {
  return (await bootPrograms(source)).get(platforms.efi);
}

/**
 * Where the first bootable entry of each platform lies, in bytes.
 *
 * ```
 * boot record      the second descriptor: 7 "EL TORITO SPECIFICATION" | 71 u32 block of the catalog
 * catalog          entries of 32 bytes
 *   validation     0 01 | 1 platform: 0 for BIOS, ef for EFI     of the entry after it
 *   entry          0 88 bootable, 00 not | 8 u32 block of the program | …
 *   section        0 90, or 91 for the last | 1 platform | 2 u16 number of entries after it
 * ```
 */
async function bootPrograms(source: RandomAccess): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  const record = await readDescriptor(source, 1);
  if (record?.[0] !== descriptorTypes.boot) return found;
  if (record.toString('latin1', 7, 7 + elTorito.length) !== elTorito) return found;
  const catalog = await source.read(record.readUInt32LE(71) * blockBytes, blockBytes);
  let platform: number = platforms.bios;
  for (let at = 0; at + 32 <= catalog.length; at += 32) {
    const [kind, value] = [catalog[at], catalog[at + 1] ?? 0];
    if (
      kind === catalogKinds.validation ||
      kind === catalogKinds.section ||
      kind === catalogKinds.lastSection
    )
      platform = value;
    else if (kind === catalogKinds.bootable && !found.has(platform))
      found.set(platform, catalog.readUInt32LE(at + 8) * blockBytes);
  }
  return found;
}
