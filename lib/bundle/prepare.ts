/**
 * What runtime.json asks for around a container: everything that must stand before it is created, and what can only
 * be done once its first process exists. PID 1 does this for onboot and onshutdown, the supervisor for services.
 */
import { isAbsolute, join } from 'node:path';
import { KitError, reasonOf } from '../errors/errors.ts';
import type { Interface, Mount, NamespaceKind, RuntimeConfig } from './bundle.ts';

/** What preparing needs of the kernel; lib/bundle/bundle-kernel.ts is the real one. */
export interface BundleKernel {
  mount(source: string, target: string, type: string, options: readonly string[]): void;
  /** Takes the topmost mount off, now or when its last user is gone. */
  unmount(target: string): void;
  isMounted(target: string): boolean;
  /** With all missing parents. */
  makeFolder(path: string): void;
  /** An empty file, with all missing parents; one that is there stays as it is. */
  makeFile(path: string): void;
  isFile(path: string): boolean;
  /** A cgroup below the root of the v2 hierarchy, with its parents' controllers on. */
  makeCgroup(path: string): void;
  /** A software network interface; a veth's peer is made in our own network namespace. */
  createLink(link: { name: string; kind: string; peer?: string; inNamespaceOf?: number }): void;
  /** Gives a network interface to the namespace of a process. */
  moveLink(name: string, pid: number): void;
}

/** A bundle's own folder and what its runtime.json says. */
export interface Preparable {
  /** `/containers/services/web` */
  readonly dir: string;
  readonly runtime: RuntimeConfig;
}

/**
 * Mounts, folders and cgroups; to be called before each creation of the container. A second time the bundle's own
 * mounts are made afresh (an empty writable layer), while those elsewhere in the guest stay. If one fails, those made
 * before it are taken off again.
 */
export function prepareBundle({ dir, runtime }: Preparable, kernel: BundleKernel): void {
  const again = kernel.isMounted(join(dir, 'rootfs'));
  if (again) releaseBundle({ dir, runtime }, kernel);
  const wanted = runtime.mounts.filter((mount) => !again || isOwn(dir, mount));
  makeMounts(dir, wanted, kernel, () => {
    for (const path of runtime.mkdir) kernel.makeFolder(placeOf(dir, path));
    for (const cgroup of runtime.cgroups) kernel.makeCgroup(cgroup);
  });
}

/**
 * Makes mounts in order, then what comes after them. If anything fails, they are taken off again.
 * @param dir the folder of the bundle or volume
 */
export function makeMounts(
  dir: string,
  mounts: readonly Mount[],
  kernel: BundleKernel,
  afterwards: () => void = () => {},
): void {
  const made: string[] = [];
  try {
    for (const mount of mounts) makeMount(dir, mount, kernel, made);
    afterwards();
  } catch (thrown) {
    for (const target of made.reverse()) quietly(() => kernel.unmount(target));
    throw thrown;
  }
}

/** Takes the bundle's own mounts off again, the last one first; what is not mounted is passed over. */
export function releaseBundle({ dir, runtime }: Preparable, kernel: BundleKernel): void {
  const own = runtime.mounts.filter((mount) => isOwn(dir, mount) && !isChange(mount));
  for (const { destination } of own.toReversed()) {
    const target = placeOf(dir, destination);
    if (kernel.isMounted(target)) quietly(() => kernel.unmount(target));
  }
}

/** Network interfaces and bound namespaces of a created, not yet started container. `pid`: its first process. */
export function prepareProcess(pid: number, runtime: RuntimeConfig, kernel: BundleKernel): void {
  for (const entry of runtime.interfaces) makeInterface(entry, pid, kernel);
  for (const [kind, path] of Object.entries(runtime.bindNS) as [NamespaceKind, string][]) {
    if (path === '') continue;
    kernel.makeFile(path);
    // That of the process before it: it would stay below for ever, and with it a namespace that nobody is in.
    if (kernel.isMounted(path)) kernel.unmount(path);
    kernel.mount(`/proc/${pid}/ns/${kind}`, path, '', ['bind']);
  }
}

/** A relative path lies in the container's root file system. */
function placeOf(dir: string, path: string): string {
  return isAbsolute(path) ? path : join(dir, 'rootfs', path);
}

function isOwn(dir: string, { destination }: Mount): boolean {
  return placeOf(dir, destination).startsWith(`${dir}/`);
}

/** A remount makes no mount: there is nothing to take off again. */
function isChange({ options }: Mount): boolean {
  return options.includes('remount');
}

function makeMount(dir: string, mount: Mount, kernel: BundleKernel, made: string[]): void {
  const target = placeOf(dir, mount.destination);
  const isBind = mount.options.some((word) => word === 'bind' || word === 'rbind');
  try {
    if (isBind && kernel.isFile(mount.source)) kernel.makeFile(target);
    else kernel.makeFolder(target);
    for (const word of mount.options) {
      const folder = /^(?:upperdir|workdir)=(.+)$/.exec(word)?.[1];
      if (folder) kernel.makeFolder(folder);
    }
    kernel.mount(mount.source, target, mount.type, mount.options);
  } catch (thrown) {
    throw new KitError(
      `Cannot mount "${mount.source}" (${mount.type || 'bind'}) on "${target}": ${reasonOf(thrown)}`,
      {
        cause: thrown,
      },
    );
  }
  if (!isChange(mount)) made.push(target);
}

/** Without `add` it exists and is handed over. `createInRoot`: its sockets (wireguard's) then stay in the root. */
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

/** Undoing goes on past what cannot be undone: the first failure is the one to report. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {}
}
