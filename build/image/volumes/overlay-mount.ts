import { guestPaths, type Mount } from '../../../lib/bundle/bundle.ts';
import { KitError } from '../../../lib/errors/errors.ts';

/** mount(2) accepts one page of options. */
const optionLimit = 4095;

/**
 * An overlay of layers, with `<folder>/lower` of the top layer above them.
 * @param folder `containers/services/web`
 * @param mountPoint relative to the folder
 * @param layers ids, lowest first
 * @throws KitError for more layers than one page of options can name
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

/** The same with a tmpfs for writes. */
export function writableMounts(folder: string, mountPoint: string, layers: readonly string[]): Mount[] {
  const tmp = `/${folder}/tmp`;
  return [
    { destination: tmp, type: 'tmpfs', source: 'tmpfs', options: [] },
    overlayMount(folder, mountPoint, layers, [`upperdir=${tmp}/upper`, `workdir=${tmp}/work`]),
  ];
}

/**
 * Below the top layer's own mount: as part of the root it would be on an overlay, and overlays stack only
 * twice.
 */
export const lowerFolder = (folder: string): string => `${guestPaths.layers}/top/${folder}/lower`;
