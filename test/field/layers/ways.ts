import type { MappedIds } from '../../../build/container/ids/id-range.ts';
import { launcherNamespaces } from '../../../build/container/ids/namespace-arguments.ts';
import { userIds } from '../../../build/container/ids/user-ids.ts';
import type { ContainerLayer } from '../../../build/container/launch.ts';
import { namespaceTools } from '../../../build/container/namespace-tools.ts';
import { testWork } from '../../../build/testing.ts';
import { toolCommand } from '../../../build/tools/command.ts';
import { hasContainerUsers } from '../../support/container-users.ts';
import { hasFuse, needsContainers } from '../../support/containers.ts';
import { type Needs, needs, needsRoot } from '../../support/needs.ts';

/** A way in which layers become the folders below an overlay. */
export interface Way {
  /** Those of kit's containers, and erofsfuse. */
  readonly kind: ContainerLayer['kind'] | 'fuse';
  readonly title: string;
  /** What it takes of the host. */
  readonly needs: Needs;
  /** What of the layers it does not show, which is not compared. */
  readonly without: readonly Part[];
}

/** `modes`: setuid bits, and folders that are closed to their owner. */
export type Part = 'devices' | 'owners' | 'modes';

const noOthers: readonly Part[] = hasContainerUsers ? [] : ['owners'];

/** All but the first are those of ordinary users. Root takes them in a user namespace too. */
export const ways: readonly Way[] = [
  { kind: 'image', title: 'mounted by the kernel', needs: needsRoot('mounts of EROFS'), without: [] },
  {
    kind: 'fuse',
    title: 'mounted by erofsfuse',
    needs: needsContainers.skip ? needsContainers : needs('/dev/fuse, for mounts of EROFS', hasFuse),
    without: noOthers,
  },
  {
    kind: 'unpack',
    title: 'unpacked at each start',
    needs: needs('root or newuidmap, for layers that are unpacked at each start', hasContainerUsers),
    // Only the host's root can make them: kit unpacks such layers in the cache.
    without: ['devices'],
  },
  {
    kind: 'folder',
    title: 'unpacked in the cache',
    needs: needsContainers,
    without: ['devices', 'owners', 'modes'],
  },
];

/** The start of a command that runs the rest in the namespaces which the mounts of this way take. */
export async function namespacesOf({ kind }: Way): Promise<string[]> {
  const { file, args } = toolCommand(await namespaceTools(testWork()), 'unshare', []);
  return [file, ...args, ...launcherNamespaces(kind === 'image' ? null : await mappedIds())];
}

async function mappedIds(): Promise<MappedIds> {
  const unshare = toolCommand(await namespaceTools(testWork()), 'unshare', []);
  const user = await userIds(unshare, AbortSignal.timeout(60_000));
  if (user) return user.ids;
  const all = { inside: 0, outside: 0, count: 65_536 };
  return { uids: [all], gids: [all] };
}
