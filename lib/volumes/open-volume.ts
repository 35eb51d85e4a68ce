import { openFat } from './fat.ts';
import { openIso9660 } from './iso9660.ts';
import { diskHeadBytes, partitionsOf } from './partitions.ts';
import { type RandomAccess, startingAt } from './random-access.ts';
import { openUdf } from './udf/udf.ts';
import type { Volume } from './volume.ts';

/**
 * The ISO 9660, UDF or FAT file system that begins at position 0, or undefined; a bridge of the first two is
 * read as ISO 9660. Reading it here instead of mounting it needs no privilege and no kernel driver, and a
 * damaged one is parsed by bounds-checked code.
 */
export async function openVolume(source: RandomAccess): Promise<Volume | undefined> {
  return (await openIso9660(source)) ?? (await openUdf(source)) ?? (await openFat(source));
}

/** The one that begins at position 0; without it, those of the disk's partitions. */
export async function openVolumes(source: RandomAccess): Promise<Volume[]> {
  const whole = await openVolume(source);
  if (whole) return [whole];
  const volumes: Volume[] = [];
  for (const { start } of partitionsOf(await source.read(0, diskHeadBytes))) {
    const volume = await openVolume(startingAt(source, start));
    if (volume) volumes.push(volume);
  }
  return volumes;
}
