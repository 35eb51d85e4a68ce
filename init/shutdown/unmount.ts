import { reasonOf } from '../../lib/errors/errors.ts';
import type { MountInfo } from '../../lib/linux/mount/mountinfo.ts';
import type { StepContext } from '../steps.ts';
import { stopSwapFiles } from './swap-files.ts';

/**
 * Unmounts file systems of disks and servers, the last mounted first. One that is still in use is made
 * read-only, which leaves it clean as well. The root file system consists of read-only layers, which need no
 * unmounting.
 */
export function unmountDisks({ system, console }: StepContext): string | undefined {
  system.sync();
  // Making a disk read-only in a container would reach the machine around it.
  if (!system.ownsMachine()) return 'skipped in a container';
  stopSwapFiles({ system, console });
  const disks = system.listMounts().filter(holdsData).reverse();
  for (const { target } of disks) {
    try {
      system.unmountNow(target);
    } catch (busy) {
      try {
        system.remountReadOnly(target);
      } catch {
        console.log(`Cannot unmount "${target}": ${reasonOf(busy)}`);
      }
    }
  }
  return disks.map(({ target }) => target).join(', ') || undefined;
}

const remoteTypes = ['nfs', 'nfs4', 'cifs', '9p', 'virtiofs', 'ceph'];

/** Never written to; the root's layers may lie on one (the outputs with a squashfs or ISO 9660 medium). */
const readOnlyTypes = ['squashfs', 'erofs', 'iso9660', 'udf'];

function holdsData({ type, source, target }: MountInfo): boolean {
  if (target === '/' || readOnlyTypes.includes(type)) return false;
  const onDisk = source.startsWith('/dev/') && !source.startsWith('/dev/loop');
  // An overlay's upper folder may lie on a disk, which cannot be unmounted before it.
  return onDisk || type === 'overlay' || remoteTypes.includes(type) || type.startsWith('fuse.');
}
