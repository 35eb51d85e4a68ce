import { type LayerIndexEntry, layerId } from '../../lib/bundle/layers.ts';
import { KitError } from '../../lib/errors/errors.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import type { Work } from '../work.ts';
import { isLargeLayer, type LayerFile, layerFile } from './erofs.ts';
import type { LayerTar } from './layer-entries.ts';

/** A layer that the image is to have. */
export interface WantedLayer extends LayerTar {
  /** In messages of progress: `layer 2 of kit/node`. */
  readonly title: string;
  readonly use: LayerIndexEntry['use'];
}

export type ImageLayer = LayerFile & Pick<WantedLayer, 'use' | 'title'>;

export function layersOf({ name, layers }: ResolvedImage, use: WantedLayer['use']): WantedLayer[] {
  return layers.map(({ diffId, path }, at) => ({ diffId, path, use, title: `layer ${at + 1} of ${name}` }));
}

/** Each layer once, in the order of first use. @throws KitError when two have the same id in the guest */
export function distinctLayers<T extends LayerTar>(layers: readonly T[]): T[] {
  const byId = new Map<string, T>();
  for (const layer of layers) {
    const id = layerId(layer.diffId);
    const other = byId.get(id);
    if (other && other.diffId !== layer.diffId) {
      throw new KitError(
        `Cannot tell layers "${other.diffId}" and "${layer.diffId}" apart: both are "${id}" in the guest`,
      );
    }
    if (!other) byId.set(id, layer);
  }
  return [...byId.values()];
}

/**
 * File systems for the layers, in their order; those missing in the cache are converted. Large ones are
 * converted one at a time, since each conversion uses two processors and up to 200 MB, and small ones at the
 * same time.
 */
export async function imageLayers(wanted: readonly WantedLayer[], work: Work): Promise<ImageLayer[]> {
  const made: ImageLayer[] = [];
  const convert = async (layers: readonly (readonly [number, WantedLayer])[]): Promise<void> => {
    for (const [at, layer] of layers) {
      work.signal.throwIfAborted();
      made[at] = { ...(await layerFile(layer, layer.title, work)), use: layer.use, title: layer.title };
    }
  };
  const all = [...wanted.entries()];
  await Promise.all([
    convert(all.filter(([, layer]) => isLargeLayer(layer))),
    convert(all.filter(([, layer]) => !isLargeLayer(layer))),
  ]);
  return made;
}
