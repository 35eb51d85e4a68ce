import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { Volume } from '../../lib/volumes/volume.ts';
import { isOptical, listBlockDevices, withVolume } from './devices.ts';
import { parseMetaData } from './meta-data.ts';
import { type Metadata, maximalBytes, type Provider } from './provider.ts';

/**
 * A data volume: cloud-init's NoCloud (files `user-data` and `meta-data` on a volume labelled cidata) or
 * LinuxKit's CD (a file `config`). With `device`, which may be a file, reads only that one, whatever its
 * label.
 */
export function cdromProvider(device?: string): Provider {
  return {
    name: 'CDROM',
    probe: async () => {
      const problems: unknown[] = [];
      for (const candidate of device === undefined ? listBlockDevices() : [device]) {
        try {
          const found = await readDevice(candidate, device !== undefined || isOptical(candidate));
          if (found) return found;
        } catch (error) {
          // A damaged disk must not hide a good one after it.
          problems.push(error);
        }
      }
      if (problems.length > 0) throw problems[0];
      return undefined;
    },
  };
}

async function readDevice(device: string, anyLabel: boolean): Promise<Metadata | undefined> {
  try {
    return await withVolume(device, async (volume) =>
      anyLabel || (await volume.label()).toLowerCase() === 'cidata' ? readVolume(volume) : undefined,
    );
  } catch (error) {
    throw new KitError(`Cannot read data volume "${device}": ${reasonOf(error)}`, { cause: error });
  }
}

async function readVolume(volume: Volume): Promise<Metadata | undefined> {
  const read = (name: string): Promise<Buffer | undefined> => volume.read(name, maximalBytes);
  const userdata = (await read('user-data')) ?? (await read('config'));
  const metaData = await read('meta-data');
  if (userdata === undefined && metaData === undefined) return undefined;
  return { ...parseMetaData(metaData?.toString('utf8') ?? ''), userdata };
}
