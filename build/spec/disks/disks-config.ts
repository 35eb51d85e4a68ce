import {
  containerLabelLimit,
  type DiskConfig,
  type DiskMatch,
  type DisksConfig,
  type DiskVolume,
  type FileSystemConfig,
  labelLimits,
} from '../../../lib/bundle/disks.ts';
import { KitError, KitErrors } from '../../../lib/errors/errors.ts';
import type { DiskEntry, Located, Manifest, VolumeEntry } from '../../manifest/types.ts';
import { everyPart, FieldError, fieldErrors, fieldKitError } from '../field-error.ts';
import { entryIds, type Ids, resolveId } from '../ids.ts';
import { sizeRange, swapFileOf } from './disk-size.ts';
import { encryptConfig } from './encrypt-config.ts';
import { shareConfig, sharedTwice } from './share-config.ts';
import { mountPoint } from './volumes.ts';

/**
 * What the guest reads of `disks:`, the volumes on them and those of the host; undefined without any. Pure.
 * @throws KitErrors with all errors and their positions
 */
export function disksConfig(manifest: Manifest): DisksConfig | undefined {
  const { disks, volumes } = manifest;
  const errors: KitError[] = [];
  const ids = entryIds(manifest);
  const on = new Map<string, DiskVolume[]>();
  const known = new Map(disks.map(({ value }) => [value.name, value]));
  for (const volume of volumes) {
    const made = placed(volume, errors, () => diskVolume(volume.value, known, ids));
    if (made) on.set(made.disk, [...(on.get(made.disk) ?? []), made.volume]);
  }
  const configs = disks.flatMap((disk) => {
    const made = placed(disk, errors, () => diskConfig(disk.value, on.get(disk.value.name) ?? []));
    return made ? [made] : [];
  });
  const shares = volumes.flatMap((volume) => placed(volume, errors, () => shareConfig(volume.value)) ?? []);
  if (errors.length === 0) errors.push(...clashes(disks), ...sharedTwice(volumes));
  if (errors.length > 0) throw new KitErrors(errors);
  return configs.length + shares.length === 0 ? undefined : { disks: outerFirst(configs), shares };
}

function placed<T, R>({ origin }: Located<T>, errors: KitError[], make: () => R | undefined): R | undefined {
  try {
    return make();
  } catch (thrown) {
    errors.push(...fieldErrors(thrown).map((error) => fieldKitError(error, origin)));
    return undefined;
  }
}

function diskConfig(entry: DiskEntry, volumes: readonly DiskVolume[]): DiskConfig {
  const { name, partition, grow = false, trim = true, wipe = false, onFailure = 'continue' } = entry;
  const { match, encrypt, fileSystem, mount, swapFile } = everyPart({
    match: () => diskMatch(entry),
    encrypt: () => encryptConfig(entry),
    fileSystem: () => fileSystemOf(entry),
    mount: () => mountOf(entry, volumes),
    swapFile: () => swapFileOf(entry),
  });
  return {
    ...{ name, match, fileSystem, grow, trim, wipe, onFailure, volumes },
    ...(partition && { partition }),
    ...(encrypt && { encrypt }),
    ...(mount !== undefined && { mount }),
    ...(swapFile !== undefined && { swapFile }),
  };
}

function diskMatch({ match, partition }: DiskEntry): DiskMatch {
  const { 'first-empty': firstEmpty, size, uuid, partuuid, ...rest } = match;
  const found = ['label', 'uuid', 'partuuid'].find((key) => Object.hasOwn(match, key));
  if (partition && found) {
    const hint = 'match a whole disk: by serial, path, size or first-empty';
    throw new FieldError(['partition'], `A disk found by its ${found} has its partitions already`, hint);
  }
  if (firstEmpty) return { firstEmpty: true };
  if (uuid !== undefined) return { uuid: uuid.toLowerCase() };
  if (partuuid !== undefined) return { partuuid: partuuid.toLowerCase() };
  return size ? { size: sizeRange(size) } : rest;
}

/** A file system found by its UUID may have any label; every other one is known by its label as well. */
function fileSystemOf({ name, match, filesystem = {}, encrypt }: DiskEntry): FileSystemConfig {
  const { type = 'ext4' } = filesystem;
  if (match.label !== undefined && filesystem.label !== undefined && filesystem.label !== match.label)
    throw new FieldError(['filesystem', 'label'], `The disk is found by another label, "${match.label}"`);
  if (match.uuid !== undefined && filesystem.label === undefined) return { type };
  const label = filesystem.label ?? match.label ?? name;
  // A container gets the same one.
  const limit = Math.min(labelLimits[type], encrypt ? containerLabelLimit : labelLimits[type]);
  if (Buffer.byteLength(label) > limit) {
    const path = filesystem.label === undefined ? ['name'] : ['filesystem', 'label'];
    const hint = filesystem.label === undefined ? 'give it a shorter filesystem.label' : undefined;
    throw new FieldError(path, `"${label}" is too long for a label of ${type}: at most ${limit} bytes`, hint);
  }
  return { type, label };
}

/** The machine's own: what is mounted over them would hide what it needs. */
const reserved = /^\/(?:$|(?:bin|boot|containers|dev|etc|lib|lib64|proc|sbin|sys|usr|run|tmp)$)/;
const reservedBelow =
  /^\/(?:containers|dev|etc|lib|lib64|proc|sbin|bin|sys|usr|run\/kit|run\/layers|run\/layerfiles)\//;

function mountOf(entry: DiskEntry, volumes: readonly DiskVolume[]): string | undefined {
  const { name, filesystem, mount, grow } = entry;
  if (filesystem?.type === 'swap') {
    if (mount !== undefined) throw new FieldError(['mount'], 'Swap is not mounted');
    if (grow) throw new FieldError(['grow'], 'Swap does not grow');
    if (volumes[0]) throw new FieldError(['filesystem'], `Swap has no room for volume "${volumes[0].name}"`);
    return undefined;
  }
  const path = mountPoint(entry);
  if (mount !== undefined && (reserved.test(path) || reservedBelow.test(path)))
    throw new FieldError(
      ['mount'],
      `Cannot mount disk "${name}" on "${mount}": the machine needs what is there`,
    );
  return path;
}

function diskVolume(
  entry: VolumeEntry,
  disks: ReadonlyMap<string, DiskEntry>,
  ids: Ids,
): { readonly disk: string; readonly volume: DiskVolume } | undefined {
  const { name, disk, image, format, platforms, uid, gid, mode = '0755' } = entry;
  const given = Object.entries({ uid, gid, mode: entry.mode }).find(([, value]) => value !== undefined);
  if (disk === undefined) {
    if (given) throw new FieldError([given[0]], `${given[0]} is for volumes on a disk`, 'add `disk: NAME`');
    return undefined;
  }
  if (!disks.has(disk)) throw new FieldError(['disk'], `there is no disk "${disk}"`, 'an item of `disks:`');
  const filled = Object.entries({ image, format, platforms }).find(([, value]) => value !== undefined);
  if (filled) throw new FieldError([filled[0]], `A volume on a disk begins empty: it takes no ${filled[0]}`);
  const owner = everyPart({
    uid: () => resolveId(uid, ids, ['uid']),
    gid: () => resolveId(gid, ids, ['gid']),
  });
  return { disk, volume: { name, ...owner, mode: Number.parseInt(mode, 8) } };
}

/** Disks that get in each other's way. */
function clashes(disks: readonly Located<DiskEntry>[]): KitError[] {
  const used = new Map<string, string>();
  return disks.flatMap(({ value, origin }) => {
    const { name, match, filesystem } = value;
    const keys: [key: string, path: string, what: string][] = [];
    if (!match['first-empty']) keys.push([JSON.stringify(match), 'match', 'matches the same disk']);
    if (filesystem?.type !== 'swap') keys.push([mountPoint(value), 'mount', 'has the same mount point']);
    return keys.flatMap(([key, path, what]) => {
      const other = used.get(key);
      used.set(key, name);
      const message = `Disk "${other}" ${what}`;
      return other === undefined ? [] : [new KitError(message, { place: origin.place([path]) })];
    });
  });
}

const depth = ({ mount = '' }: DiskConfig): number => mount.split('/').length;

const outerFirst = (disks: readonly DiskConfig[]): DiskConfig[] =>
  disks.toSorted((a, b) => depth(a) - depth(b));
