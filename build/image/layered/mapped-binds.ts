import { guestPaths, type Mount } from '../../../lib/bundle/bundle.ts';
import type { IdMappings } from '../../../lib/linux/process/user-namespace.ts';
import type { Spec, SpecMount } from '../../spec/oci/oci-runtime.ts';

export interface MappedBinds {
  /** config.json, whose binds are those below. */
  readonly spec: Spec;
  /** The part of runtime.json; empty for an entry that shares the machine's user namespace. */
  readonly kit: { readonly ids?: IdMappings; readonly binds?: readonly Mount[] };
}

/**
 * The bind mounts of an entry with a user namespace of its own. Init or the supervisor makes each of them
 * below /run, with the owners of files mapped, and the OCI runtime binds that: crun could map them itself,
 * but Debian's runc cannot, and both fail where a file system cannot map owners.
 * @param folder `containers/services/web`
 */
export function mappedBinds(folder: string, spec: Spec): MappedBinds {
  const { namespaces, uidMappings = [], gidMappings = [] } = spec.linux;
  const isNew = namespaces.some(({ type, path }) => type === 'user' && path === undefined);
  if (!isNew) return { spec, kit: {} };
  const binds: Mount[] = [];
  const mounts = spec.mounts.map((mount, at) => {
    if (!isMappable(mount)) return mount;
    const destination = `${folder.replace(/^containers/, guestPaths.binds)}/${at}`;
    binds.push({ destination, type: '', source: mount.source, options: ['rbind'] });
    return { ...mount, source: destination };
  });
  const ids = { uids: uidMappings, gids: gidMappings };
  return { spec: { ...spec, mounts }, kit: { ids, ...(binds.length > 0 && { binds }) } };
}

/** Not what lies on file systems of the kernel, which cannot map owners. */
const isMappable = ({ type, source, options = [] }: SpecMount): boolean =>
  (type === 'bind' || options.includes('bind') || options.includes('rbind')) &&
  !/^\/(?:dev|proc|sys)(?:\/|$)/.test(source);
