import { openFat } from './fat.ts';
import { openIso9660 } from './iso9660.ts';
import type { ReadAt, Volume } from './volume.ts';

/**
 * A file system that data volumes have (ISO 9660 or FAT), or undefined. It is read here, without mount(2): so the program needs no
 * privilege, the kernel no driver, and a damaged volume meets bounds-checked code.
 */
export function openVolume(readAt: ReadAt): Volume | undefined {
  return openIso9660(readAt) ?? openFat(readAt);
}
