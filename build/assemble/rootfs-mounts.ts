import { guestPaths, type Mount } from '../../lib/bundle/bundle.ts';
import { KitError } from '../../lib/errors/errors.ts';

/** mount(2) takes one page of options. */
const optionLimit = 4095;

/**
 * The mounts of runtime.json that make a container's root file system out of layers, highest first: read-only as they
 * are, or with a memory file system for what is written.
 * @param folder `containers/services/web` @param layers ids, lowest first
 */
export function rootfsMounts(folder: string, layers: readonly string[], readonly: boolean): Mount[] {
  const own = `${guestPaths.layers}/top/${folder}/lower`;
  const lower = [own, ...layers.toReversed().map((id) => `${guestPaths.layers}/${id}`)];
  const overlay = (...options: string[]): Mount => {
    const all = [`lowerdir=${lower.join(':')}`, ...options];
    if (all.join().length > optionLimit) {
      throw new KitError(`Cannot mount "${folder}": ${layers.length} layers are more than overlayfs takes`);
    }
    return { destination: `/${folder}/rootfs`, type: 'overlay', source: 'overlay', options: all };
  };
  if (readonly) return [overlay('ro')];
  const tmp = `/${folder}/tmp`;
  const writable = overlay(`upperdir=${tmp}/upper`, `workdir=${tmp}/work`);
  return [{ destination: tmp, type: 'tmpfs', source: 'tmpfs', options: [] }, writable];
}
