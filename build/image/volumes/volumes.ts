import type { Mount } from '../../../lib/bundle/bundle.ts';
import { layerId } from '../../../lib/bundle/layers.ts';
import { mapCollectingErrors } from '../../../lib/errors/map-collecting-errors.ts';
import { imageRef } from '../../images/manifest-images.ts';
import { distinctLayers, layersOf, type WantedLayer } from '../../layers/layers.ts';
import type { Volume } from '../../manifest/types.ts';
import type { Work } from '../../work/work.ts';
import type { Assembly } from '../plan/assembly.ts';
import { ociLayoutLayer } from './oci-layout.ts';
import { lowerFolder, overlayMount, writableMounts } from './overlay-mount.ts';

/** A volume of the layered layout: the layers with what it begins with, and how init mounts them. */
export interface PlannedVolume {
  readonly volume: Volume;
  /** Lowest first; none for a blank one. */
  readonly layers: readonly WantedLayer[];
  readonly mounts: readonly Mount[];
}

/** The volumes of a manifest, in order. @throws KitError */
export function planVolumes({ manifest, imageOf }: Assembly, work: Work): Promise<PlannedVolume[]> {
  const plan = async ({
    value: volume,
    origin,
  }: (typeof manifest.volumes)[number]): Promise<PlannedVolume> => {
    const image = volume.image === undefined ? undefined : imageOf(imageRef(volume.image, origin));
    const layers = !image
      ? []
      : volume.format === 'oci'
        ? [await ociLayoutLayer(image, volume.platforms ?? [], origin, work)]
        : distinctLayers(layersOf(image, 'bundle'));
    const ids = layers.map(({ diffId }) => layerId(diffId));
    return { volume, layers, mounts: volumeMounts(volume, ids) };
  };
  return mapCollectingErrors(manifest.volumes, plan);
}

/**
 * What init mounts for a volume, `merged` last, which containers bind: with a memory file system for what is written, or
 * read-only. @param layers ids, lowest first
 */
export function volumeMounts({ name, readonly = false }: Volume, layers: readonly string[]): Mount[] {
  const folder = `containers/volumes/${name}`;
  if (!readonly) return writableMounts(folder, 'merged', layers);
  if (layers.length > 0) return [overlayMount(folder, 'merged', layers, ['ro'])];
  // overlayfs takes no single read-only folder.
  return [
    { destination: `/${folder}/merged`, type: '', source: lowerFolder(folder), options: ['bind', 'ro'] },
  ];
}
