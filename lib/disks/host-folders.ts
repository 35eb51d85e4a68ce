import { join } from 'node:path';
import type { DiskConfig, DiskVolume, HostFolders, ShareConfig } from '../bundle/disks.ts';
import { bindTree } from '../linux/mount/idmap.ts';
import { entriesBelow, makeEntries, makeMountPoint } from './act/mount-target.ts';
import { makeVolumes } from './act/volumes.ts';
import { matchText } from './decide/choose-disk.ts';
import { DiskTrouble } from './decide/trouble.ts';
import type { Engine } from './engine.ts';

/**
 * In a container, which has no disks: mounts the folder of the host that stands for one.
 * @param taken the paths of folders that earlier entries use; that of this one is added
 * @param all every entry: `first-empty` leaves to the others what they ask for
 * @throws DiskTrouble in one sentence
 */
export function bindDisk(
  wanted: DiskConfig,
  taken: Set<string>,
  { host, all }: { readonly host: HostFolders; readonly all: readonly DiskConfig[] },
  engine: Pick<Engine, 'root' | 'log'>,
): void {
  if (wanted.mount === undefined) throw new DiskTrouble('a container has no swap of its own');
  const path = chooseFolder(wanted, taken, host, all);
  taken.add(path);
  bind(path, wanted.mount, [], engine);
  const how = wanted.encrypt ? ', which nothing encrypts,' : '';
  engine.log(`disk "${wanted.name}": a folder of the host${how} is mounted on ${wanted.mount}`);
  makeVolumes(
    join(engine.root, wanted.mount),
    wanted.volumes.map((volume) => withKnownOwner(volume, host)),
  );
}

/** Mounts a folder that the host shares with the container. @throws DiskTrouble in one sentence */
export function bindShare(
  { tag, mount: target, readOnly }: ShareConfig,
  { shares }: HostFolders,
  engine: Pick<Engine, 'root' | 'log'>,
): void {
  const share = shares.find((one) => one.tag === tag);
  if (!share) throw new DiskTrouble(`no share has the tag "${tag}"`);
  bind(share.path, target, readOnly ? ['ro'] : [], engine);
  engine.log(`share "${tag}" is mounted on ${target}`);
}

/** Pure; exported for its test. */
export function chooseFolder(
  { match }: Pick<DiskConfig, 'match'>,
  taken: ReadonlySet<string>,
  { disks }: Pick<HostFolders, 'disks'>,
  all: readonly Pick<DiskConfig, 'match'>[],
): string {
  const { serial: wanted, firstEmpty } = match;
  if (wanted === undefined && !firstEmpty) {
    const ways = 'a folder of the host stands for a disk by its serial number, or for a first-empty one';
    throw new DiskTrouble(`a container has no disk with ${matchText(match)}: ${ways}`);
  }
  const asked = new Set(all.map((entry) => entry.match.serial));
  const isMeant = ({ serial, path }: HostFolders['disks'][number]): boolean =>
    wanted === undefined
      ? !taken.has(path) && (serial === undefined || !asked.has(serial))
      : serial === wanted;
  const found = disks.filter(isMeant);
  const [first, second] = found;
  if (!first) throw new DiskTrouble(`no disk has ${matchText(match)}`);
  if (wanted !== undefined && second)
    throw new DiskTrouble(`${found.length} disks match, and none is touched (${matchText(match)})`);
  return first.path;
}

/** Unlike by mount(2), attributes stay that the container's root may not take away. */
function bind(path: string, target: string, set: readonly 'ro'[], { root }: Pick<Engine, 'root'>): void {
  const point = makeMountPoint(root, target);
  const hidden = entriesBelow(point);
  bindTree(join(root, path), point, { recursive: true, set });
  if (set.length === 0) makeEntries(point, hidden);
}

/** Where the container has no such id, its services run as root. */
const withKnownOwner = (volume: DiskVolume, { uids, gids }: HostFolders): DiskVolume => ({
  ...volume,
  uid: volume.uid < uids ? volume.uid : 0,
  gid: volume.gid < gids ? volume.gid : 0,
});
