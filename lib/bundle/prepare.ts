/**
 * Prepares what runtime.json specifies: before the container is created, and when its first process exists.
 * PID 1 does this for onboot and onshutdown, the supervisor for services.
 */
import { isAbsolute, join } from 'node:path';
import { KitError, reasonOf } from '../errors/errors.ts';
import { systemReason } from '../errors/system.ts';
import type { IdMappings } from '../linux/process/user-namespace.ts';
import type { Interface, Mount, NamespaceKind, RuntimeConfig } from './bundle.ts';
import { bindWithOwners, mountOverlayWithOwners, type OwnersKernel, rootOf } from './owners.ts';

/** The calls that preparing a bundle needs; lib/bundle/bundle-kernel.ts has the real ones. */
export interface BundleKernel extends OwnersKernel {
  isMounted(target: string): boolean;
  /** An empty file, with all missing parents; an existing one is kept. */
  makeFile(path: string): void;
  isFile(path: string): boolean;
  /** A cgroup below the root of the v2 hierarchy; its parents have all controllers enabled. */
  makeCgroup(path: string): void;
  /** A software network interface; the peer of a veth is made in our network namespace. */
  createLink(link: { name: string; kind: string; peer?: string; inNamespaceOf?: number }): void;
  /** Moves a network interface to the namespace of a process. */
  moveLink(name: string, pid: number): void;
}

/** A bundle's folder and its runtime.json. */
export interface Preparable {
  /** `/containers/services/web` */
  readonly dir: string;
  readonly runtime: RuntimeConfig;
}

/**
 * Makes mounts, folders and cgroups. To be called before each creation of the container: later calls remake
 * the bundle's own mounts, with an empty writable layer, and keep those elsewhere in the guest. If one fails,
 * those made before it are removed.
 */
export function prepareBundle({ dir, runtime }: Preparable, kernel: BundleKernel): void {
  const again = kernel.isMounted(join(dir, 'rootfs'));
  if (again) releaseBundle({ dir, runtime }, kernel);
  const wanted = runtime.mounts.filter((mount) => !again || isOwn(dir, mount));
  const { ids } = runtime.kit;
  makeMounts(
    dir,
    wanted,
    kernel,
    () => {
      for (const path of runtime.mkdir) kernel.makeFolder(absolutePath(dir, path));
      for (const cgroup of runtime.cgroups) kernel.makeCgroup(cgroup);
      makeBinds(runtime, kernel);
    },
    ids,
  );
}

/**
 * Makes the mounts that config.json binds, anew: what is mounted at their sources may have changed. Last, as
 * `mkdir` may name their sources.
 */
function makeBinds({ kit }: RuntimeConfig, kernel: BundleKernel): void {
  const { binds = [], ids } = kit;
  try {
    for (const bind of binds) {
      if (kernel.isMounted(bind.destination)) kernel.unmount(bind.destination);
      makeBind(bind, kernel, ids);
    }
  } catch (thrown) {
    releaseBinds(kit, kernel);
    throw thrown;
  }
}

/** Its error names the source only: nobody has written the destination. */
function makeBind(bind: Mount, kernel: BundleKernel, ids: IdMappings | undefined): void {
  try {
    makeMount('', bind, kernel, [], ids);
  } catch (thrown) {
    const { cause } = thrown instanceof Error ? thrown : { cause: thrown };
    throw new KitError(`Cannot bind "${bind.source}": ${systemReason(cause)}`, { cause });
  }
}

/** Removes the mounts that config.json binds; a container that has been created keeps them. */
export function releaseBinds({ binds = [] }: RuntimeConfig['kit'], kernel: BundleKernel): void {
  for (const { destination } of binds)
    if (kernel.isMounted(destination)) quietly(() => kernel.unmount(destination));
}

/**
 * Makes mounts in order, then calls `afterwards`. If anything fails, they are removed.
 * @param dir the folder of the bundle or volume
 * @param ids those of the container whose files the mounts below `dir` hold; absent: the machine's
 */
export function makeMounts(
  dir: string,
  mounts: readonly Mount[],
  kernel: BundleKernel,
  afterwards: () => void = () => {},
  ids?: IdMappings,
): void {
  const made: string[] = [];
  try {
    for (const mount of mounts) makeMount(dir, mount, kernel, made, isOwn(dir, mount) ? ids : undefined);
    afterwards();
  } catch (thrown) {
    for (const target of made.reverse()) quietly(() => kernel.unmount(target));
    throw thrown;
  }
}

/** Removes the bundle's own mounts, the last one first. */
export function releaseBundle({ dir, runtime }: Preparable, kernel: BundleKernel): void {
  releaseBinds(runtime.kit, kernel);
  const own = runtime.mounts.filter((mount) => isOwn(dir, mount) && !isRemount(mount));
  for (const { destination } of own.toReversed()) {
    const target = absolutePath(dir, destination);
    if (kernel.isMounted(target)) quietly(() => kernel.unmount(target));
  }
}

/**
 * Network interfaces and bound namespaces of a created, not yet started container. `pid`: its first process.
 */
export function prepareProcess(pid: number, runtime: RuntimeConfig, kernel: BundleKernel): void {
  for (const entry of runtime.interfaces) makeInterface(entry, pid, kernel);
  for (const [kind, path] of Object.entries(runtime.bindNS) as [NamespaceKind, string][]) {
    if (path === '') continue;
    kernel.makeFile(path);
    // Otherwise the mount of an earlier process would stay below, and keep its namespace alive.
    if (kernel.isMounted(path)) kernel.unmount(path);
    kernel.mount(`/proc/${pid}/ns/${kind}`, path, '', ['bind']);
  }
}

/** A relative path is below the container's root file system. */
function absolutePath(dir: string, path: string): string {
  return isAbsolute(path) ? path : join(dir, 'rootfs', path);
}

function isOwn(dir: string, { destination }: Mount): boolean {
  return absolutePath(dir, destination).startsWith(`${dir}/`);
}

/** A remount makes no new mount that would have to be removed. */
function isRemount({ options }: Mount): boolean {
  return options.includes('remount');
}

function makeMount(
  dir: string,
  mount: Mount,
  kernel: BundleKernel,
  made: string[],
  ids: IdMappings | undefined,
): void {
  const target = absolutePath(dir, mount.destination);
  const isBind = mount.options.some((word) => word === 'bind' || word === 'rbind');
  try {
    if (isBind && kernel.isFile(mount.source)) kernel.makeFile(target);
    else kernel.makeFolder(target);
    for (const word of mount.options) {
      const folder = /^(?:upperdir|workdir)=(.+)$/.exec(word)?.[1];
      if (folder) kernel.makeFolder(folder);
      if (folder && ids && word.startsWith('upperdir='))
        kernel.changeOwner(folder, rootOf(ids.uids), rootOf(ids.gids));
    }
    if (ids && isBind) bindWithOwners(mount.source, target, ids, kernel);
    else if (ids && mount.type === 'overlay') mountOverlayWithOwners(mount, target, ids, kernel);
    else kernel.mount(mount.source, target, mount.type, mount.options);
  } catch (thrown) {
    throw new KitError(
      `Cannot mount "${mount.source}" (${mount.type || 'bind'}) on "${target}": ${reasonOf(thrown)}`,
      {
        cause: thrown,
      },
    );
  }
  if (!isRemount(mount)) made.push(target);
}

/**
 * Without `add` it exists and is moved. With `createInRoot` its sockets (wireguard's) stay in our namespace.
 */
function makeInterface(
  { name, add, peer, createInRoot }: Interface,
  pid: number,
  kernel: BundleKernel,
): void {
  if (add) {
    const ends = { name, kind: add, ...(peer && { peer }) };
    kernel.createLink(createInRoot ? ends : { ...ends, inNamespaceOf: pid });
    if (!createInRoot) return;
  }
  kernel.moveLink(name, pid);
}

/** Ignores errors while undoing: the first failure is the one to report. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {}
}
