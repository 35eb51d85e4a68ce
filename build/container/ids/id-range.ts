/** A range of ids, as a line of /proc/PID/uid_map (user_namespaces(7)). */
export interface IdRange {
  /** In the container. */
  readonly inside: number;
  /** On the host. */
  readonly outside: number;
  readonly count: number;
}

/** The ids of a container that an ordinary user runs; root in it is that user. */
export interface MappedIds {
  readonly uids: readonly IdRange[];
  readonly gids: readonly IdRange[];
}

/** Only root: its files and processes are the user's. Needs no privileged program. */
export function onlyOwnIds(uid: number, gid: number): MappedIds {
  const own = (outside: number): IdRange[] => [{ inside: 0, outside, count: 1 }];
  return { uids: own(uid), gids: own(gid) };
}

/** Whether there is no other id than root. */
export const isSingle = ({ uids, gids }: MappedIds): boolean => idCount(uids) === 1 || idCount(gids) === 1;

/** Ids in the container: 0 to this number, exclusive. */
export const idCount = (ranges: readonly IdRange[]): number =>
  ranges.reduce((sum, { count }) => sum + count, 0);
