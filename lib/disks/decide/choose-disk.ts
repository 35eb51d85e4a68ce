import { type DiskConfig, type DiskMatch, makingLabel, partitionName } from '../../bundle/disks.ts';
import { type BlockDevice, isComposed, type ProbedDevice } from '../observe/content.ts';
import { DiskTrouble } from './trouble.ts';

/** The devices that may be the wanted one, by what sysfs shows of them: these have to be probed. Pure. */
export function candidates(devices: readonly BlockDevice[], match: DiskMatch): readonly BlockDevice[] {
  const { serial, path, size } = match;
  if (path !== undefined) return devices.filter((device) => device.path === path);
  // Only a path means one that is made of others.
  const usual = devices.filter(({ name }) => !isComposed(name));
  const disks = usual.filter(({ disk }) => disk === undefined);
  if (serial !== undefined) return disks.filter((device) => device.serial === serial);
  if (size) return disks.filter(({ bytes }) => bytes >= size.min && bytes <= size.max);
  return usual;
}

/**
 * The one device that is meant; undefined if there is none. Pure.
 * @param probed its candidates @throws DiskTrouble for several
 */
export function chooseDevice(
  probed: readonly ProbedDevice[],
  wanted: Pick<DiskConfig, 'name' | 'match' | 'fileSystem' | 'partition'>,
): ProbedDevice | undefined {
  const { match } = wanted;
  if (match.firstEmpty) return preparedDevice(probed, wanted) ?? firstEmpty(probed);
  return theOnly(
    probed.filter((device) => isFound(device, match)),
    matchText(match),
  );
}

function isFound({ content, partitionUuid }: ProbedDevice, { label, uuid, partuuid }: DiskMatch): boolean {
  const named = 'label' in content ? content : undefined;
  if (label !== undefined) return named?.label === label;
  if (uuid !== undefined) return named?.uuid === uuid;
  return partuuid === undefined || partitionUuid === partuuid;
}

/** The disk that an earlier boot has prepared for a `first-empty`. */
function preparedDevice(
  probed: readonly ProbedDevice[],
  { name, fileSystem, partition }: Parameters<typeof chooseDevice>[1],
): ProbedDevice | undefined {
  const words = `is prepared for disk "${name}"`;
  if (!partition) {
    const isOurs = ({ content }: ProbedDevice): boolean =>
      'label' in content && content.label === fileSystem.label;
    return theOnly(probed.filter(isOurs), words);
  }
  const rows = probed.filter((device) => device.partitionName === partitionName(name));
  const disks = new Set(rows.map(({ disk }) => disk));
  return theOnly(
    probed.filter((device) => disks.has(device.name)),
    words,
  );
}

const firstEmpty = (probed: readonly ProbedDevice[]): ProbedDevice | undefined =>
  probed.find(
    ({ disk, readOnly, usedBy, content }) =>
      disk === undefined && !readOnly && usedBy === undefined && holdsNothing(content),
  );

/** Empty, or with a file system or a container that was never finished. */
export const holdsNothing = (content: ProbedDevice['content']): boolean =>
  content.kind === 'nothing' || ('label' in content && content.label === makingLabel);

function theOnly(found: readonly ProbedDevice[], words: string): ProbedDevice | undefined {
  if (found.length <= 1) return found[0];
  const names = found.map(({ path }) => path).join(' and ');
  throw new DiskTrouble(`${found.length} devices match, and none is touched: ${names} (${words})`);
}

/** `serial "kit-data"` */
export function matchText({ size, firstEmpty: first, ...texts }: DiskMatch): string {
  if (first) return 'the first empty one';
  const [given] = Object.entries(texts);
  if (given) return `${given[0]} "${given[1]}"`;
  const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = size ?? {};
  if (max === Number.MAX_SAFE_INTEGER) return `size of ${gib(min)} or more`;
  return `size of ${gib(min)} to ${gib(max)}`;
}
