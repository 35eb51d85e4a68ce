import type { Mount } from '../../../lib/bundle/bundle.ts';
import { layerId } from '../../../lib/bundle/layers.ts';
import { mapCollectingErrors } from '../../../lib/errors/map-collecting-errors.ts';
import { overlaidImage, type WantedLayer } from '../../layers/layers.ts';
import type { VolumeEntry } from '../../manifest/types.ts';
import type { Work } from '../../work.ts';
import type { PlannedVolume } from '../plan/image-plan.ts';
import { ociLayoutLayer } from './oci-layout.ts';
import { lowerFolder, overlayMount, writableMounts } from './overlay-mount.ts';

/** A volume of the layered layout. */
export interface LayeredVolume {
  readonly volume: VolumeEntry;
  /** The layers with the files that it starts with, lowest first; none for an empty volume. */
  readonly layers: readonly WantedLayer[];
  /** The mounts that init makes for it. */
  readonly mounts: readonly Mount[];
}

/** Finds or makes the layers of each volume, in order. @throws KitErrors, KitError */
export function layeredVolumes(volumes: readonly PlannedVolume[], work: Work): Promise<LayeredVolume[]> {
  return mapCollectingErrors(volumes, async (planned) => {
    const { volume } = planned;
    const layers = await volumeLayers(planned, work);
    const ids = layers.map(({ id }) => layerId(id));
    return { volume, layers, mounts: volumeMounts(volume, ids) };
  });
}

/** Not an overlay, which could not show files with the owners of a container's user namespace. */
function blankMount(folder: string): Mount {
  return { destination: `/${folder}/merged`, type: 'tmpfs', source: 'tmpfs', options: ['mode=755'] };
}

async function volumeLayers(
  { volume, origin, content }: PlannedVolume,
  work: Work,
): Promise<readonly WantedLayer[]> {
  if (!content) return [];
  if (volume.format !== 'oci') return (await overlaidImage(content.image, 'bundle', work)).layers;
  return [await ociLayoutLayer(content, volume.platforms ?? [], origin, work)];
}

/**
 * The mounts of a volume: read-only, or with a tmpfs for writes. The last one is `merged`, which containers
 * bind.
 * @param layers ids, lowest first
 */
export function volumeMounts({ name, readonly = false }: VolumeEntry, layers: readonly string[]): Mount[] {
  const folder = `containers/volumes/${name}`;
  if (!readonly && layers.length > 0) return writableMounts(folder, 'merged', layers);
  if (!readonly) return [blankMount(folder)];
  if (layers.length > 0) return [overlayMount(folder, 'merged', layers, ['ro'])];
  // overlayfs refuses a single lower folder without an upper one.
  return [
    { destination: `/${folder}/merged`, type: '', source: lowerFolder(folder), options: ['bind', 'ro'] },
  ];
}
