import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../../../lib/errors/errors.ts';
import { openVolume, openVolumes } from '../../../lib/volumes/open-volume.ts';
import { type OtherFileSystem, otherFileSystem } from '../../../lib/volumes/other-file-system.ts';
import type { RandomAccess } from '../../../lib/volumes/random-access.ts';
import type { Volume } from '../../../lib/volumes/volume.ts';

/** Devices composed of others, and floppy drives, which are slow and noisy. */
const ignoredNames = /^(loop|ram|zram|nbd|dm-|md|fd|mtd)/;

/** Links that udev creates for a volume with this label; in kit's containers, the data volume itself. */
const byLabel = ['/dev/disk/by-label/CIDATA', '/dev/disk/by-label/cidata'];

/**
 * Block devices that could be data volumes: those with the label first, then optical drives, then others:
 * `/dev/sr0`, `/dev/vda`, `/dev/vda1`.
 */
export function listBlockDevices(): string[] {
  const labelled = byLabel.filter((path) => existsSync(path));
  const known = new Set(labelled.map((path) => realpathSync(path)));
  return [...labelled, ...kernelDevices().filter((path) => !known.has(path))];
}

function kernelDevices(): string[] {
  const names = readdirSync('/sys/class/block').filter((name) => !ignoredNames.test(name) && hasMedium(name));
  const optical = names.filter((name) => isOptical(`/dev/${name}`)).sort();
  return [...optical, ...names.filter((name) => !optical.includes(name)).sort()].map(
    (name) => `/dev/${name}`,
  );
}

/** Optical drives are read whatever their volume label, like in LinuxKit. */
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

/** What begins on a device. */
export interface Contents {
  /** More than one only on a disk with partitions. */
  readonly volumes: readonly Volume[];
  /** Without volumes: another file system that is there. */
  readonly other: OtherFileSystem | undefined;
}

/**
 * Calls `use` with what is on a device or file. Returns undefined if it is not there, or the drive has no
 * disc.
 * @param withPartitions whether to look into partitions, too: those of disks are devices of their own, those
 * in a file are not
 */
export async function withVolumes<T>(
  device: string,
  withPartitions: boolean,
  use: (contents: Contents) => Promise<T>,
): Promise<T | undefined> {
  await using file = await openDevice(device);
  if (!file) return undefined;
  const source: RandomAccess = {
    read: async (at, count) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, at);
      return buffer.subarray(0, bytesRead);
    },
  };
  const whole = withPartitions ? undefined : await openVolume(source);
  const volumes = withPartitions ? await openVolumes(source) : whole ? [whole] : [];
  return await use({ volumes, other: volumes.length === 0 ? await otherFileSystem(source) : undefined });
}

async function openDevice(device: string): Promise<FileHandle | undefined> {
  try {
    return await open(device);
  } catch (error) {
    // In a container, /sys lists all devices of the host, but /dev only those of the container.
    if (['ENOENT', 'ENOMEDIUM', 'ENXIO', 'ENODEV'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
