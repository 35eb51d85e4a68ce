import { type IdRange, isSingle, type MappedIds } from './id-range.ts';

const mapArguments = (flag: string, ranges: readonly IdRange[]): string[] =>
  ranges.flatMap(({ inside, outside, count }) => [flag, `${inside}:${outside}:${count}`]);

/**
 * Options of unshare(1) for the launcher's own namespaces: it mounts the layers in a mount namespace that the
 * host does not see. An ordinary user may mount only in a user namespace. With `slave`, what the host
 * unmounts meanwhile is unmounted in it too.
 * @param ids null: root, who needs no user namespace
 */
export function launcherNamespaces(ids: MappedIds | null): string[] {
  const mounts = ['--mount', '--propagation', 'slave'];
  if (!ids) return mounts;
  // The kernel lets everybody map themselves; unshare runs newuidmap and newgidmap to map anything else.
  if (isSingle(ids)) return ['--map-root-user', ...mounts];
  return [...mapArguments('--map-users', ids.uids), ...mapArguments('--map-groups', ids.gids), ...mounts];
}

/**
 * Options for the container's own user namespace, below that of an ordinary user's launcher, with the same
 * ids. Because it is another one, the container cannot undo what the launcher has mounted read-only
 * (mount_namespaces(7), "locked").
 */
export function innerNamespace({ uids, gids }: MappedIds): string[] {
  // One range each: the kernel takes no range that spans two of the namespace above.
  const same = (ranges: readonly IdRange[]): IdRange[] =>
    ranges.map(({ inside, count }) => ({ inside, outside: inside, count }));
  return [...mapArguments('--map-users', same(uids)), ...mapArguments('--map-groups', same(gids))];
}
