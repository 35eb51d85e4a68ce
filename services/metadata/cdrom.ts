import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { Volume } from '../../lib/volumes/volume.ts';
import { isOptical, listBlockDevices, withVolume } from './devices.ts';
import { parseMetaData } from './meta-data.ts';
import { type Metadata, maximalBytes, maximalSignature, type Provider } from './provider.ts';
import type { Trust } from './trust/trust.ts';

/**
 * A data volume: cloud-init's NoCloud (files `user-data` and `meta-data` on a volume labelled cidata) or
 * LinuxKit's CD (a file `config`). With `device`, which may be a file, reads only that one, whatever its
 * label.
 */
export function cdromProvider(trust: Trust, device?: string): Provider {
  return {
    name: 'CDROM',
    async probe(note) {
      const problems: unknown[] = [];
      const found: { device: string; metadata: Metadata }[] = [];
      for (const candidate of device === undefined ? listBlockDevices() : [device]) {
        try {
          const files = await readDevice(candidate, device !== undefined || isOptical(candidate));
          const metadata = files && judged(candidate, files, trust, note);
          if (metadata) found.push({ device: candidate, metadata });
        } catch (error) {
          // A damaged disk must not hide a good one after it.
          problems.push(error);
        }
        if (found.length > 0 && !trust.onlyOne) break;
      }
      const [first, second] = found;
      if (first && second) throw twoVolumes(first.device, second.device);
      if (first === undefined && problems.length > 0) throw problems[0];
      return first?.metadata;
    },
  };
}

/** A person who can attach a disk can choose its place in the order of disks. */
function twoVolumes(first: string, second: string): KitError {
  return new KitError(
    `Cannot choose between the data volumes "${first}" and "${second}": metadata.trust of the manifest ` +
      'admits both, so neither is used',
  );
}

/** The files of a data volume that has user data, metadata or both. */
interface VolumeFiles {
  readonly userdata: Buffer | undefined;
  readonly userdataSignature: Buffer | undefined;
  readonly metaData: Buffer | undefined;
  readonly metaDataSignature: Buffer | undefined;
}

async function readDevice(device: string, anyLabel: boolean): Promise<VolumeFiles | undefined> {
  try {
    return await withVolume(device, async (volume) =>
      anyLabel || (await volume.label()).toLowerCase() === 'cidata' ? readVolume(volume) : undefined,
    );
  } catch (error) {
    throw cannotRead(device, error);
  }
}

function cannotRead(device: string, error: unknown): KitError {
  return new KitError(`Cannot read data volume "${device}": ${reasonOf(error)}`, { cause: error });
}

async function readVolume(volume: Volume): Promise<VolumeFiles | undefined> {
  const read = (name: string): Promise<Buffer | undefined> => volume.read(name, maximalBytes);
  const signature = (name: string): Promise<Buffer | undefined> =>
    volume.read(`${name}.sig`, maximalSignature);
  const userdata = (await read('user-data')) ?? (await read('config'));
  const metaData = await read('meta-data');
  if (userdata === undefined && metaData === undefined) return undefined;
  const userdataSignature = (await signature('user-data')) ?? (await signature('config'));
  return { userdata, userdataSignature, metaData, metaDataSignature: await signature('meta-data') };
}

/** What of a volume counts. Where signatures are required, unsigned `meta-data` is left out. */
function judged(
  device: string,
  { userdata, userdataSignature, metaData, metaDataSignature }: VolumeFiles,
  trust: Trust,
  note: (line: string) => void,
): Metadata | undefined {
  const fault =
    trust.provider('cdrom') ??
    trust.device(device) ??
    (userdata && trust.content(userdata, userdataSignature));
  const ofMetaData = metaData && trust.content(metaData, metaDataSignature);
  if (fault ?? (userdata === undefined ? ofMetaData : undefined)) {
    note(`refused the data volume "${device}": ${fault ?? ofMetaData}`);
    return undefined;
  }
  if (ofMetaData) note(`ignored meta-data of the data volume "${device}": ${ofMetaData}`);
  try {
    return { ...parseMetaData(ofMetaData ? '' : (metaData?.toString('utf8') ?? '')), userdata };
  } catch (error) {
    throw cannotRead(device, error);
  }
}
