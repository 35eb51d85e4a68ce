import { guestPaths, type Mount } from '../../../lib/bundle/bundle.ts';
import { KitError } from '../../../lib/errors/errors.ts';

/** mount(2) takes one page of options. */
const optionLimit = 4095;

/**
 * Layers over each other, and over them what the top layer has in `<folder>/lower`.
 * @param folder `containers/services/web` @param mountPoint in it @param layers ids, lowest first
 */
export function overlayMount(
  folder: string,
  mountPoint: string,
  layers: readonly string[],
  options: readonly string[],
): Mount {
  const lower = [lowerFolder(folder), ...layers.toReversed().map((id) => `${guestPaths.layers}/${id}`)];
  const all = [`lowerdir=${lower.join(':')}`, ...options];
  if (all.join().length > optionLimit) {
    throw new KitError(`Cannot mount "${folder}": ${layers.length} layers are more than overlayfs takes`);
  }
  return { destination: `/${folder}/${mountPoint}`, type: 'overlay', source: 'overlay', options: all };
}

/** The same with a memory file system for what is written. */
export function writableMounts(folder: string, mountPoint: string, layers: readonly string[]): Mount[] {
  const tmp = `/${folder}/tmp`;
  return [
    { destination: tmp, type: 'tmpfs', source: 'tmpfs', options: [] },
    overlayMount(folder, mountPoint, layers, [`upperdir=${tmp}/upper`, `workdir=${tmp}/work`]),
  ];
}

/** In the layer itself: as part of the root it would be an overlay already, and those stack only twice. */
export const lowerFolder = (folder: string): string => `${guestPaths.layers}/top/${folder}/lower`;
