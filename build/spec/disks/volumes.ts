import { posix } from 'node:path';
import { defaultMount, shareMount, volumesFolder } from '../../../lib/bundle/disks.ts';
import type { DiskEntry, Manifest, VolumeEntry } from '../../manifest/types.ts';

/** A volume, and the path of its files in the machine. */
export interface MachineVolume extends VolumeEntry {
  readonly path: string;
}

/** All volumes by name. A folder of a disk, or of the host, is there only while that is mounted. */
export function machineVolumes({ disks, volumes }: Manifest): ReadonlyMap<string, MachineVolume> {
  const mounts = new Map(disks.map(({ value }) => [value.name, mountPoint(value)]));
  return new Map(
    volumes.map(({ value }) => {
      return [value.name, { ...value, path: pathOf(value, mounts) }];
    }),
  );
}

function pathOf({ name, disk, share }: VolumeEntry, mounts: ReadonlyMap<string, string>): string {
  if (share !== undefined) return shareMount(name);
  const folder = disk === undefined ? undefined : mounts.get(disk);
  return folder === undefined ? `/containers/volumes/${name}/merged` : volumePath(folder, name);
}

/** Whether the volume is made in memory by init, and not mounted by the program of `disks:`. */
export const isInMemory = ({ disk, share }: VolumeEntry): boolean =>
  disk === undefined && share === undefined;

/** Normal, without a slash at its end. */
export const mountPoint = ({ name, mount }: DiskEntry): string =>
  posix.normalize(mount ?? defaultMount(name)).replace(/(?<=.)\/$/, '');

const volumePath = (folder: string, name: string): string => `${folder}/${volumesFolder}/${name}`;
