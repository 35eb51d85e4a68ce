import { availableParallelism } from 'node:os';
import { type LayerIndexEntry, layerId } from '../../lib/bundle/layers.ts';
import { KitError } from '../../lib/errors/errors.ts';
import type { ResolvedImage } from '../packages/resolve.ts';
import type { Work } from '../work.ts';
import { type LayerFile, layerFile } from './erofs.ts';
import type { LayerTar } from './image-tree.ts';

/** A layer to be in the image. */
export interface WantedLayer extends LayerTar {
  /** What progress calls it: `kit/node layer 2`. */
  readonly title: string;
  readonly use: LayerIndexEntry['use'];
}

export type ImageLayer = LayerFile & Pick<WantedLayer, 'use' | 'title'>;

export function layersOf({ name, layers }: ResolvedImage, use: WantedLayer['use']): WantedLayer[] {
  return layers.map(({ diffId, path }, at) => ({ diffId, path, use, title: `layer ${at + 1} of ${name}` }));
}

/** Each layer once, where it is named first. */
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

/** File systems for the layers, in their order; those that the cache lacks are converted, a few at once. */
export async function imageLayers(wanted: readonly WantedLayer[], work: Work): Promise<ImageLayer[]> {
  const made: ImageLayer[] = [];
  const pending = [...wanted.entries()];
  const worker = async (): Promise<void> => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      work.signal.throwIfAborted();
      const [at, layer] = next;
      made[at] = { ...(await layerFile(layer, layer.title, work)), use: layer.use, title: layer.title };
    }
  };
  // A converter uses two processors and much memory by itself.
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  return made;
}
