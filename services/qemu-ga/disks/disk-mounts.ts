import type { MountInfo } from '../../../lib/linux/mount/mountinfo.ts';

/** A file system on a disk, where the machine has mounted it. */
export interface DiskMount extends Pick<MountInfo, 'source' | 'type'> {
  /** In the machine: `/var/data`. */
  readonly mountPoint: string;
  /** In this container: `/hostroot/var/data`. */
  readonly path: string;
}

/**
 * The file systems on disks that can be written to, each once, at its first mount point, in the order in
 * which they were mounted. @param root where the machine's root is in this container
 */
export function diskMounts(mounts: readonly MountInfo[], root: string): DiskMount[] {
  const seen = new Set<string>();
  return mounts.flatMap(({ source, type, target, settings }) => {
    const isOurs = target === root || target.startsWith(`${root}/`);
    // Layers of images are on loop devices, and read-only.
    if (!isOurs || !source.startsWith('/dev/') || settings.includes('ro') || seen.has(source)) return [];
    seen.add(source);
    return [{ source, type, mountPoint: target.slice(root.length) || '/', path: target }];
  });
}
