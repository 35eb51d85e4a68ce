import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../../lib/errors/errors.ts';
import { openVolume } from '../../lib/volumes/open-volume.ts';
import type { Volume } from '../../lib/volumes/volume.ts';

/** Devices that are made of others, or that make noise when read (a floppy drive). */
const passedOver = /^(loop|ram|zram|nbd|dm-|md|fd|mtd)/;

/** Where udev shows a volume labelled so, and a container of kit's the volume that it was given. */
const byLabel = ['/dev/disk/by-label/CIDATA', '/dev/disk/by-label/cidata'];

/**
 * Block devices that could be data volumes, those known by their label first, then optical drives:
 * `/dev/sr0`, `/dev/vda`, `/dev/vda1`.
 */
export function listBlockDevices(): string[] {
  return [...byLabel.filter((path) => existsSync(path)), ...kernelDevices()];
}

function kernelDevices(): string[] {
  const names = readdirSync('/sys/class/block').filter((name) => !passedOver.test(name) && hasMedium(name));
  const optical = names.filter((name) => isOptical(`/dev/${name}`)).sort();
  return [...optical, ...names.filter((name) => !optical.includes(name)).sort()].map(
    (name) => `/dev/${name}`,
  );
}

/** An optical drive, whatever its disc is called, is taken for a data volume (LinuxKit). */
export function isOptical(device: string): boolean {
  return device.startsWith('/dev/sr');
}

function hasMedium(name: string): boolean {
  try {
    return Number(readFileSync(`/sys/class/block/${name}/size`, 'utf8')) > 0;
  } catch {
    return false;
  }
}

/**
 * Calls `use` with the file system on a device or in a file, while it is open.
 * Undefined where there is none that we know, or no disc in the drive.
 */
export async function withVolume<T>(
  device: string,
  use: (volume: Volume) => Promise<T>,
): Promise<T | undefined> {
  await using file = await openDevice(device);
  if (!file) return undefined;
  const volume = await openVolume({
    read: async (at, count) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, at);
      return buffer.subarray(0, bytesRead);
    },
  });
  return volume && (await use(volume));
}

async function openDevice(device: string): Promise<FileHandle | undefined> {
  try {
    return await open(device);
  } catch (error) {
    // A container sees in /sys what the host has, and in /dev what it was given of that.
    if (['ENOENT', 'ENOMEDIUM', 'ENXIO', 'ENODEV'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
