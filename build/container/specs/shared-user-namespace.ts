import type { Runtime, Spec } from './spec.ts';

/**
 * The spec of a service that shares the container's user namespace instead of having one of its own in it.
 * The kernel lets nobody in a user namespace map the owners of files on what was mounted outside it, the
 * image's layers (mount_setattr(2)). Outside, the service's root is still nobody: the container's is.
 */
export function withSharedUserNamespace(spec: Spec): Spec {
  const { linux } = spec;
  const isOwn = ({ type, path }: { type: string; path?: string }): boolean =>
    type === 'user' && path === undefined;
  if (!linux?.namespaces?.some(isOwn)) return spec;
  const { uidMappings: _uids, gidMappings: _gids, ...rest } = linux;
  return { ...spec, linux: { ...rest, namespaces: linux.namespaces.filter((one) => !isOwn(one)) } };
}

/** The same for runtime.json: its files keep their owners. */
export function withOwnersKept(runtime: Runtime): Runtime {
  if (!runtime.kit?.ids) return runtime;
  const { ids: _ids, ...kit } = runtime.kit;
  return { ...runtime, kit };
}
