import { isDeepStrictEqual } from 'node:util';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { foreignContent, isDataLabel } from '../../../lib/metadata/seed/layouts.ts';
import { metadataOfSeed } from '../../../lib/metadata/seed/metadata-of-seed.ts';
import { readSeed, type Seed, type SeedFile, whyNoSeed } from '../../../lib/metadata/seed/seed.ts';
import type { Volume } from '../../../lib/volumes/volume.ts';
import type { Provider } from '../provider.ts';
import type { Trust } from '../trust/trust.ts';
import { isOptical, listBlockDevices, withVolumes } from './devices.ts';

type Note = (line: string) => void;

/**
 * A data volume: cloud-init's NoCloud (files `user-data` and `meta-data` on a volume labelled cidata),
 * OpenStack's config drive (labelled config-2), or LinuxKit's CD (a file `config`). With `device`, which may
 * be a file, reads only that one, whatever its label.
 */
export function cdromProvider(trust: Trust, device?: string): Provider {
  return {
    name: 'CDROM',
    async probe(note) {
      const problems: unknown[] = [];
      const found: { device: string; metadata: Metadata }[] = [];
      for (const candidate of device === undefined ? listBlockDevices() : [device]) {
        try {
          const seed = await readDevice(candidate, device !== undefined, note);
          const metadata = seed && judged(candidate, seed, trust, note);
          if (metadata) found.push({ device: candidate, metadata });
        } catch (error) {
          // A damaged disk must not hide a good one after it.
          problems.push(error);
        }
        if (found.length > 0 && !trust.onlyOne) break;
      }
      const [first, ...others] = found;
      // A hybrid disk has one volume twice, on the disk and on its partition.
      const second = others.find(({ metadata }) => !isDeepStrictEqual(metadata, first?.metadata));
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

async function readDevice(device: string, isNamed: boolean, note: Note): Promise<Seed | undefined> {
  let isThere = false;
  try {
    const seed = await withVolumes(device, isNamed, async ({ volumes, other }) => {
      isThere = true;
      for (const volume of volumes) {
        const seed = await readVolume(device, volume, isNamed, note);
        if (seed) return seed;
      }
      const label = other?.label ?? '';
      noteForeign(device, label, note);
      if (volumes.length === 0 && (isNamed || isDataLabel(label) || (isOptical(device) && other)))
        note(`cannot use the data volume "${device}": it is ${unreadable(other?.kind)}`);
      return undefined;
    });
    if (isNamed && !isThere) note(`no data volume "${device}": there is no such device, or no disc in it`);
    return seed;
  } catch (error) {
    throw cannotRead(device, error);
  }
}

async function readVolume(
  device: string,
  volume: Volume,
  isNamed: boolean,
  note: Note,
): Promise<Seed | undefined> {
  const label = await volume.label();
  const isMeant = isNamed || isDataLabel(label);
  noteForeign(device, label, note);
  if (!isMeant && !isOptical(device)) return undefined;
  const seed = await readSeed(volume);
  const why = seed ? undefined : await whyNoSeed(volume, isMeant);
  if (why !== undefined) note(`nothing in the data volume "${device}": ${why}`);
  return seed;
}

function noteForeign(device: string, label: string, note: Note): void {
  const content = foreignContent(label);
  if (content !== undefined) note(`not read: the volume "${device}" has ${content}, by its label`);
}

const unreadable = (kind: string | undefined): string =>
  kind === undefined ? 'neither ISO 9660, UDF nor FAT' : `${kind}, and kit reads ISO 9660, UDF and FAT`;

function cannotRead(device: string, error: unknown): KitError {
  return new KitError(`Cannot read data volume "${device}": ${reasonOf(error)}`, { cause: error });
}

/** What of a volume counts. Where signatures are required, other files without one are left out. */
function judged(device: string, seed: Seed, trust: Trust, note: Note): Metadata | undefined {
  const { userData, metaData } = seed;
  const faultOf = (file: SeedFile): string | undefined => trust.content(file.content, file.signature);
  const main = userData ?? metaData;
  const fault = trust.provider('cdrom') ?? trust.device(device) ?? (main && faultOf(main));
  if (fault !== undefined) {
    note(`refused the data volume "${device}": ${fault}`);
    return undefined;
  }
  return metadataOfSeed(seed, (file, what) => {
    const why = faultOf(file);
    if (why !== undefined) note(`ignored ${what} of the data volume "${device}": ${why}`);
    return why === undefined;
  });
}
