import { listMounts, type MountInfo } from '../../../lib/linux/mount/mountinfo.ts';

/**
 * Incidents are kept on the disk at /var if there is one, so that they survive a reboot, otherwise in memory.
 */
export const incidentFolders = { disk: '/var/lib/kit/incidents', memory: '/run/kit/incidents' } as const;

const memoryTypes: ReadonlySet<string> = new Set(['tmpfs', 'ramfs', 'overlay', 'rootfs']);

/** `mounts`: in the kernel's order; of several on one mount point, the last is the visible one. */
export function incidentFolder(mounts: readonly MountInfo[] = listMounts()): string {
  const holder = mounts.findLast(({ target }) => ['/var', '/var/lib', '/var/lib/kit'].includes(target));
  const onDisk = holder !== undefined && !memoryTypes.has(holder.type) && !holder.options.includes('ro');
  return onDisk ? incidentFolders.disk : incidentFolders.memory;
}
