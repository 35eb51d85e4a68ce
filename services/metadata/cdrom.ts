import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { parseMetaData } from './meta-data.ts';
import type { Metadata, Provider } from './provider.ts';
import { isOptical, listBlockDevices, withVolume } from './volumes/devices.ts';
import type { Volume } from './volumes/volume.ts';

/**
 * A data volume: cloud-init's NoCloud (files `user-data` and `meta-data` on a volume labelled cidata) or LinuxKit's CD (a file
 * `config`). With a device or file named, only that one is looked at, whatever its label.
 */
export function cdrom(device?: string): Provider {
  return {
    name: 'CDROM',
    probe: async () => {
      const problems: unknown[] = [];
      for (const candidate of device === undefined ? listBlockDevices() : [device]) {
        try {
          const found = readDevice(candidate, device !== undefined || isOptical(candidate));
          if (found) return found;
        } catch (error) {
          // One bad disk must not hide the good one behind it.
          problems.push(error);
        }
      }
      if (problems.length > 0) throw problems[0];
      return undefined;
    },
  };
}

function readDevice(device: string, anyLabel: boolean): Metadata | undefined {
  try {
    return withVolume(device, (volume) =>
      anyLabel || volume.label.toLowerCase() === 'cidata' ? readVolume(volume) : undefined,
    );
  } catch (error) {
    throw new KitError(`Cannot read data volume "${device}": ${reasonOf(error)}`, { cause: error });
  }
}

function readVolume(volume: Volume): Metadata | undefined {
  const userdata = volume.read('user-data') ?? volume.read('config');
  const metaData = volume.read('meta-data');
  if (userdata === undefined && metaData === undefined) return undefined;
  return { ...parseMetaData(metaData?.toString('utf8') ?? ''), userdata };
}
