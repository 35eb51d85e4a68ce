import type { EffectiveEntry } from '../effective-entry.ts';
import type { Refusal, Subject } from './demand.ts';

/** The largest id that runc and crun accept. */
const largestId = 2 ** 31 - 1;

type Mapping = EffectiveEntry['uidMappings'][number];

/** Users, groups and the ids of user namespaces: setresuid(2), user_namespaces(7). */
export function idDemands({ entry }: Subject): Refusal[] {
  return [
    ...tooLarge(entry),
    ...ofMappings(entry),
    ...overlapping('uidMappings', entry.uidMappings),
    ...overlapping('gidMappings', entry.gidMappings),
  ];
}

function tooLarge({ uid, gid, additionalGids }: EffectiveEntry): Refusal[] {
  const ids = [
    [['uid'], uid],
    [['gid'], gid],
    ...additionalGids.map((id, at) => [['additionalGids', at], id] as const),
  ] as const;
  return ids
    .filter(([, id]) => Number(id) > largestId)
    .map(([path, id]) => [path, `${id} is no id of a process: crun and runc take those up to ${largestId}`]);
}

/** withUserNamespace has filled in those that the entry leaves unset. */
function ofMappings({ userns, uid, uidMappings, gidMappings }: EffectiveEntry): Refusal[] {
  if (uidMappings.length + gidMappings.length === 0) return [];
  if (userns === 'root' || userns === 'host')
    return [[['uidMappings'], 'ids are mapped in a user namespace of its own only', 'userns: new']];
  if (userns === 'new' && typeof uid === 'number' && !uidMappings.some((one) => isWithin(uid, one)))
    return [[['uid'], `no item of uidMappings has user ${uid}`]];
  return [];
}

const isWithin = (id: number, { containerID, size }: Mapping): boolean =>
  id >= containerID && id < containerID + size;

/** 2^32-1 is no id. */
const idSpace = 2 ** 32 - 1;

/** The kernel refuses a map (EINVAL) in which ranges overlap, on either side. */
function overlapping(field: string, mappings: readonly Mapping[]): Refusal[] {
  return mappings.flatMap((one, at): Refusal[] => {
    const sides = ['containerID', 'hostID'] as const;
    if (sides.some((side) => one[side] + one.size > idSpace))
      return [[[field, at], `the range of ${one.size} ids ends above ${idSpace - 1}, the largest id`]];
    const twice = mappings
      .slice(0, at)
      .some((other) =>
        sides.some((side) => one[side] < other[side] + other.size && other[side] < one[side] + one.size),
      );
    return twice ? [[[field, at], 'the range overlaps with an earlier one']] : [];
  });
}
