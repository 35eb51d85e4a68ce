/**
 * Mounts for a container with ids of its own (user_namespaces(7)): its files are shown with the container's
 * owners, and keep theirs where they are stored. So a file of uid 0 belongs to the container's root,
 * whichever id of the machine that is at the moment.
 */
import { join } from 'node:path';
import type { IdMappings, IdRange } from '../linux/process/user-namespace.ts';
import type { Mount } from './bundle.ts';

/** The calls that these mounts need; lib/bundle/bundle-kernel.ts has the real ones. */
export interface OwnersKernel {
  mount(source: string, target: string, type: string, options: readonly string[]): void;
  unmount(target: string): void;
  /** With all missing parents. */
  makeFolder(path: string): void;
  changeOwner(path: string, uid: number, gid: number): void;
  /** A descriptor of a user namespace with these ids, which stays open as long as this process lives. */
  userNamespace(ids: IdMappings): number;
  /** Binds, with owners mapped by the namespace. False: the file system cannot do that. */
  mountWithOwners(source: string, target: string, userNamespace: number, recursive: boolean): boolean;
  /** The mount points below a folder, relative to it, the outer ones first. */
  mountsBelow(folder: string): readonly string[];
  /** If the path is on an overlay without a writable layer: its layers, highest first, and the path there. */
  layersOf(path: string): { readonly layers: readonly string[]; readonly path: string } | undefined;
  /** An empty folder in memory, whose mounts no other mount namespace gets. */
  makeScratch(): string;
  /** Removes it with all mounts below it. */
  removeScratch(folder: string): void;
}

/**
 * As a peer (mount_namespaces(7)) of where it was made from, a bind that is released would take the mounts
 * below it away there and in containers, too. What is mounted there later still reaches it.
 */
export const bindPropagation = 'slave';

/** The machine's id of the container's root. */
export const rootOf = (ranges: readonly IdRange[]): number =>
  ranges.find(({ containerID }) => containerID === 0)?.hostID ?? 0;

/**
 * An overlay of layers. overlayfs itself cannot map owners, its layers can; it keeps them in use without
 * their mount points.
 */
export function mountOverlayWithOwners(
  { source, type, options }: Mount,
  target: string,
  ids: IdMappings,
  kernel: OwnersKernel,
): void {
  const folders = options.flatMap((word) => /^lowerdir=(.+)$/.exec(word)?.[1]?.split(':') ?? []);
  const others = options.filter((word) => !word.startsWith('lowerdir='));
  inScratch(kernel, (scratch) => {
    const lower = mappedLayers(folders, scratch, ids, kernel);
    kernel.mount(source, target, type, [`lowerdir=${lower.join(':')}`, ...others]);
  });
}

/**
 * Binds a file or folder, with all mounts below it. What lies on a file system that cannot map owners, such
 * as /proc and /dev, keeps those of the machine, and its modes decide what the container may do.
 */
export function bindWithOwners(source: string, target: string, ids: IdMappings, kernel: OwnersKernel): void {
  const namespace = kernel.userNamespace(ids);
  if (kernel.mountWithOwners(source, target, namespace, true)) return;
  for (const below of ['', ...kernel.mountsBelow(source)]) {
    const [from, to] = [join(source, below), join(target, below)];
    if (kernel.mountWithOwners(from, to, namespace, false)) continue;
    const stored = kernel.layersOf(from);
    if (stored) bindFromLayers(stored, to, ids, kernel);
    else kernel.mount(from, to, '', ['bind', bindPropagation]);
  }
}

/** The machine's own root file system is a read-only overlay: it is made again, of mapped layers. */
function bindFromLayers(
  { layers, path }: NonNullable<ReturnType<OwnersKernel['layersOf']>>,
  target: string,
  ids: IdMappings,
  kernel: OwnersKernel,
): void {
  inScratch(kernel, (scratch) => {
    const root = join(scratch, 'root');
    // overlayfs refuses a single layer without a writable one.
    const empty = join(scratch, 'empty');
    for (const folder of [root, empty]) kernel.makeFolder(folder);
    const lower = [...mappedLayers(layers, scratch, ids, kernel), empty];
    kernel.mount('overlay', root, 'overlay', ['ro', `lowerdir=${lower.join(':')}`]);
    kernel.mount(join(root, path), target, '', ['bind']);
  });
}

function mappedLayers(
  folders: readonly string[],
  scratch: string,
  ids: IdMappings,
  kernel: OwnersKernel,
): string[] {
  const namespace = kernel.userNamespace(ids);
  return folders.map((folder, at) => {
    const mapped = join(scratch, String(at));
    kernel.makeFolder(mapped);
    if (kernel.mountWithOwners(folder, mapped, namespace, false)) return mapped;
    throw new Error(`the file system of "${folder}" cannot map the owners of files`);
  });
}

function inScratch(kernel: OwnersKernel, use: (folder: string) => void): void {
  const scratch = kernel.makeScratch();
  try {
    use(scratch);
  } finally {
    kernel.removeScratch(scratch);
  }
}
