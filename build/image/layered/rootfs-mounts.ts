import type { Mount } from '../../../lib/bundle/bundle.ts';
import { overlayMount, writableMounts } from '../volumes/overlay-mount.ts';

/**
 * The mounts of runtime.json that make a container's root file system out of layers: read-only, or with a
 * tmpfs for writes.
 * @param folder `containers/services/web`
 * @param layers ids, lowest first
 */
export function rootfsMounts(folder: string, layers: readonly string[], readonly: boolean): Mount[] {
  return readonly
    ? [overlayMount(folder, 'rootfs', layers, ['ro'])]
    : writableMounts(folder, 'rootfs', layers);
}
