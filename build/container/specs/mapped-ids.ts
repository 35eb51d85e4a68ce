import type { Spec, SpecMount, SpecUser } from './spec.ts';

/**
 * The spec with root in place of ids that the container does not have, and what is different. No process can
 * get such an id, and no file system can be mounted with it.
 * @param uids, gids the ids from 0 to these numbers, exclusive, are there
 */
export function withMappedIds(
  spec: Spec,
  uids: number,
  gids: number,
): { readonly spec: Spec; readonly notes: string[] } {
  const { user } = spec.process ?? {};
  const mapped = user && withMappedUser(user, uids, gids);
  const isOther = JSON.stringify(mapped) !== JSON.stringify(user);
  const mounts = spec.mounts?.map((mount) => withMappedOptions(mount, uids, gids));
  const { uid = 0, gid = 0 } = user ?? {};
  const notes = isOther ? [`runs as root, not as ${uid}:${gid}: the container does not have these ids`] : [];
  return {
    spec: {
      ...spec,
      ...(spec.process && mapped && { process: { ...spec.process, user: mapped } }),
      ...(mounts && { mounts }),
    },
    notes,
  };
}

function withMappedUser(user: SpecUser, uids: number, gids: number): SpecUser {
  const { uid = 0, gid = 0, additionalGids, ...rest } = user;
  const others = additionalGids?.filter((id) => id < gids) ?? [];
  return {
    uid: uid < uids ? uid : 0,
    gid: gid < gids ? gid : 0,
    ...(others.length > 0 && { additionalGids: others }),
    ...rest,
  };
}

/** Without the options that name an owner, the mount's owner is root: devpts's `gid=5`, for example. */
export function withMappedOptions(mount: SpecMount, uids: number, gids: number): SpecMount {
  const isMapped = (option: string): boolean => {
    const [, kind, id] = /^([ug])id=(\d+)$/.exec(option) ?? [];
    return kind === undefined || Number(id) < (kind === 'u' ? uids : gids);
  };
  return mount.options ? { ...mount, options: mount.options.filter(isMapped) } : mount;
}
