import { listMounts, type MountInfo } from '../../../lib/linux/mount/mountinfo.ts';

/** Where incidents are kept: on the disk at /var where there is one, so that they survive a reboot, else in memory. */
export const incidentFolders = { disk: '/var/lib/kit/incidents', memory: '/run/kit/incidents' } as const;

const inMemory: ReadonlySet<string> = new Set(['tmpfs', 'ramfs', 'overlay', 'rootfs']);

/** `mounts`: as the kernel lists them; of several over each other the last is seen. */
export function incidentFolder(mounts: readonly MountInfo[] = listMounts()): string {
  const holder = mounts.findLast(({ target }) => ['/var', '/var/lib', '/var/lib/kit'].includes(target));
  const onDisk = holder !== undefined && !inMemory.has(holder.type) && !holder.options.includes('ro');
  return onDisk ? incidentFolders.disk : incidentFolders.memory;
}
