import { type LayerIndexEntry, layerId } from '../../lib/bundle/layers.ts';
import { KitError } from '../../lib/errors/errors.ts';
import type { Digest } from '../../lib/oci/types.ts';
import type { Tree } from '../tree/tree.ts';
import type { Work } from '../work.ts';
import { isLargeLayer, type LayerFile, type LayerOptions, layerFile } from './erofs.ts';
import { imageStack, type LayeredImage, loneLayer, type StackedLayer, treeOf } from './image-stack.ts';
import { type LayerTar, scratchEntries } from './layer-entries.ts';
import type { LayerForm } from './unpacking/layer-form.ts';

/** A layer that the image is to have. */
export interface WantedLayer {
  /** Identifies the form. */
  readonly id: Digest;
  readonly form: LayerForm;
  /** Of the layer as the image has it. */
  readonly diffId: Digest;
  /** In messages of progress: `layer 2 of kit/node`. */
  readonly title: string;
  readonly use: LayerIndexEntry['use'];
}

export type ImageLayer = LayerFile & Pick<WantedLayer, 'use' | 'title' | 'diffId'>;

/** An image as an overlay shows it. */
export interface OverlaidImage {
  /** Lowest first, each once: overlayfs refuses a layer that comes twice. */
  readonly layers: readonly WantedLayer[];
  readonly tree: Tree;
}

export async function overlaidImage(
  image: LayeredImage,
  use: WantedLayer['use'],
  work: Work,
): Promise<OverlaidImage> {
  const { layers, root } = await imageStack(image, work);
  const wanted = layers.map((layer, at) => wantedLayer(layer, `layer ${at + 1} of ${image.name}`, use));
  return { layers: lastOfEach(wanted), tree: treeOf(root) };
}

/** A layer that kit has packed for this build only. */
export async function scratchLayer(
  tar: LayerTar,
  title: string,
  use: WantedLayer['use'],
): Promise<WantedLayer> {
  return wantedLayer(loneLayer(tar, await scratchEntries(tar.path), title), title, use);
}

export function wantedLayer(
  { id, form, layer }: StackedLayer,
  title: string,
  use: WantedLayer['use'],
): WantedLayer {
  return { id, form, diffId: layer.diffId, title, use };
}

/**
 * The layers without those that come again. The last of two equal ones counts: it decides about every path
 * that the first decides about.
 */
export function lastOfEach(layers: readonly WantedLayer[]): WantedLayer[] {
  const last = new Map(layers.map(({ id }, at) => [id, at]));
  return layers.filter(({ id }, at) => last.get(id) === at);
}

/** Each layer once, for the files of an image. @throws KitError when two have the same id in the guest */
export function distinctLayers(layers: readonly WantedLayer[]): WantedLayer[] {
  const byId = new Map<string, WantedLayer>();
  for (const layer of layers) {
    const id = layerId(layer.id);
    const other = byId.get(id);
    if (other && other.id !== layer.id) {
      throw new KitError(
        `Cannot tell layers "${other.id}" and "${layer.id}" apart: both are "${id}" in the guest`,
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
export async function imageLayers(
  wanted: readonly WantedLayer[],
  work: Work,
  options: LayerOptions = {},
): Promise<ImageLayer[]> {
  const made: ImageLayer[] = [];
  const convert = async (layers: readonly (readonly [number, WantedLayer])[]): Promise<void> => {
    for (const [at, layer] of layers) {
      work.signal.throwIfAborted();
      const { use, title, diffId } = layer;
      made[at] = { ...(await layerFile(layer, title, work, options)), use, title, diffId };
    }
  };
  const all = [...wanted.entries()];
  await Promise.all([
    convert(all.filter(([, layer]) => isLargeLayer(layer))),
    convert(all.filter(([, layer]) => !isLargeLayer(layer))),
  ]);
  return made;
}
