import { closeSync, constants, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HostFolders, hostFoldersFile } from '../../../lib/bundle/disks.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { tryFlock } from '../../../lib/linux/io/flock.ts';
import { bindTree, cannotMapOwners } from '../../../lib/linux/mount/idmap.ts';
import { openUserNamespace } from '../../../lib/linux/process/user-namespace.ts';
import { idCount as machineIds } from '../../spec/users/id-ranges.ts';
import { idCount } from '../ids/id-range.ts';
import type { UserNamespace } from '../ids/user-namespace.ts';
import type { ContainerLaunch } from '../launch.ts';
import type { HostFolder } from './host-folder.ts';

/**
 * Mounts the folders below /run, where pkg/disks finds them, and writes down what they stand for: also that
 * there are none, since the host's disks, which sysfs shows, are not the container's.
 * @param run the container's /run @param namespace the container's, if it is not that of this process
 */
export function mountFolders(
  run: string,
  { folders, ids }: Pick<ContainerLaunch, 'folders' | 'ids'>,
  namespace: UserNamespace | null,
): void {
  const disks: HostFolders['disks'][number][] = [];
  const shares: HostFolders['shares'][number][] = [];
  mkdirSync(join(run, 'kit/host'));
  for (const [index, folder] of folders.entries()) {
    const { as } = folder;
    const path = `/run/kit/host/${index}`;
    if ('share' in as) shares.push({ tag: as.share, path });
    else {
      takeAlone(folder.path);
      disks.push({ path, ...(as.disk !== null && { serial: as.disk }) });
    }
    const target = join(run, 'kit/host', String(index));
    mkdirSync(target);
    mountFolder(folder, target, namespace);
  }
  const [uids, gids] = ids ? [idCount(ids.uids), idCount(ids.gids)] : [machineIds, machineIds];
  const text = JSON.stringify({ uids, gids, disks, shares } satisfies HostFolders);
  writeFileSync(join(run, hostFoldersFile.replace(/^\/run\//, '')), text);
}

/** As a disk: for as long as this process lives, no other container gets it. @throws KitError */
function takeAlone(path: string): void {
  const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  if (!tryFlock(fd, 'exclusive'))
    throw new KitError(`Cannot use folder "${path}" in place of a disk: another container uses it`);
}

function mountFolder(
  { path, as, readOnly }: HostFolder,
  target: string,
  namespace: UserNamespace | null,
): void {
  const set = ['nosuid', 'nodev', ...(readOnly ? (['ro'] as const) : [])] as const;
  const isDisk = 'disk' in as;
  const owners = namespace && (isDisk ? namespace.descriptor : ownerAsRoot(path, namespace.rootId));
  try {
    bindTree(path, target, { recursive: !isDisk, set, ...(owners !== null && { userNamespace: owners }) });
  } catch (thrown) {
    if (!cannotMapOwners(thrown)) throw thrown;
    throw new KitError(
      `Cannot show folder "${path}" in the container: its file system cannot map the owners of files`,
      { hint: 'an ordinary user needs no such mapping', cause: thrown },
    );
  } finally {
    if (owners !== null && !isDisk) closeSync(owners);
  }
}

/** A folder that is shared belongs to the container's root, who has no other files of the host. */
function ownerAsRoot(path: string, rootId: number): number {
  const { uid, gid } = statSync(path);
  const root = (containerID: number) => [{ containerID, hostID: rootId, size: 1 }];
  return openUserNamespace({ uids: root(uid), gids: root(gid) });
}
