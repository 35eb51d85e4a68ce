import type { Digest } from '../../lib/oci/types.ts';
import type { Work } from '../work.ts';
import { folderLinks } from './folder-links.ts';
import { withHardLinks } from './hard-links.ts';
import {
  emptyTree,
  hashOf,
  type ImageStack,
  imageStack,
  type LayeredImage,
  stackedLayer,
  treeOf,
} from './image-stack.ts';
import { type IndexedEntry, layerEntries } from './layer-entries.ts';
import { lastOfEach, type OverlaidImage, type WantedLayer, wantedLayer } from './layers.ts';
import { mergedStack } from './merge.ts';
import { LayerUnpacking } from './unpacking/layer-unpacking.ts';

/** The entries of a layer that is to be unpacked. */
interface Part {
  readonly diffId: Digest;
  readonly title: string;
  readonly image: string;
  readonly entries: readonly IndexedEntry[];
}

/**
 * Images unpacked one over another, each as a whole, as LinuxKit does it with those of `init:`: what a layer
 * removes is gone from its own image, not from those below. Where one image has a link to a folder and
 * another the folder, the link stays.
 */
export async function rootStack(images: readonly LayeredImage[], work: Work): Promise<OverlaidImage> {
  const links = await folderLinks(images, work);
  const root = emptyTree();
  const layers: WantedLayer[] = [];
  for (const [at, image] of images.entries()) {
    for (const { diffId, title, image: name, entries } of await parts(image, at === 0, work)) {
      const unpacking = new LayerUnpacking({ root, layer: layers.length, image: name, links });
      for (const entry of entries) unpacking.add(entry);
      layers.push(wantedLayer(stackedLayer({ diffId, path: '' }, unpacking.finish()), title, 'root'));
    }
  }
  return { layers: lastOfEach(layers), tree: treeOf(root) };
}

/**
 * The image's layers; all in one if one of them removes something, since an overlay has no whiteouts for some
 * layers.
 */
async function parts(image: LayeredImage, isLowest: boolean, work: Work): Promise<Part[]> {
  const stack = await imageStack(image, work);
  if (!isLowest && stack.layers.some(({ form }) => form.removes)) return [flattened(image, stack)];
  return Promise.all(
    image.layers.map(async (layer, at) => ({
      diffId: layer.diffId,
      title: `layer ${at + 1} of ${image.name}`,
      image: image.name,
      entries: await layerEntries(layer, work),
    })),
  );
}

function flattened({ name }: LayeredImage, stack: ImageStack): Part {
  const listed = mergedStack(stack).filter(({ isListed }) => isListed);
  return {
    diffId: hashOf(['flattened', ...stack.layers.map(({ id }) => id)]),
    title: `the layers of ${name}`,
    image: name,
    entries: withHardLinks(listed, () => true),
  };
}
