import { createHash } from 'node:crypto';
import type { Digest } from '../../lib/oci/types.ts';
import type { Tree, TreeNode } from '../tree/tree.ts';
import type { Work } from '../work.ts';
import { type IndexedEntry, type LayerTar, layerEntries } from './layer-entries.ts';
import type { LayerForm } from './unpacking/layer-form.ts';
import { LayerUnpacking } from './unpacking/layer-unpacking.ts';
import { newNode, nodesBelow, type PathNode, plainFolder } from './unpacking/path-node.ts';

/** An image as far as its layers are concerned, lowest first. */
export interface LayeredImage<Layer extends LayerTar = LayerTar> {
  /** For messages. */
  readonly name: string;
  readonly layers: readonly Layer[];
}

/** A layer, and what it is over those below it. */
export interface StackedLayer<Layer extends LayerTar = LayerTar> {
  readonly layer: Layer;
  readonly form: LayerForm;
  /** Identifies the form: the diff id, unless the layers below decide what the layer is. */
  readonly id: Digest;
}

/** The layers of an image, unpacked one over another; no contents are read. */
export interface ImageStack<Layer extends LayerTar = LayerTar> {
  readonly root: PathNode;
  readonly layers: readonly StackedLayer<Layer>[];
  /** The nodes of each layer in the order of its archive, among them some that were replaced later. */
  readonly listed: readonly (readonly PathNode[])[];
}

export const emptyTree = (): PathNode => newNode('', { ...plainFolder, path: '' }, -1, -1);

/** By an image's list of layers: a build asks for the same images several times. */
const stacks = new WeakMap<readonly LayerTar[], Promise<ImageStack>>();

export function imageStack<Layer extends LayerTar>(
  image: LayeredImage<Layer>,
  work: Work,
): Promise<ImageStack<Layer>> {
  const known = stacks.get(image.layers) ?? unpackedStack(image, work);
  stacks.set(image.layers, known);
  // Its layers are those of the list that it is kept for.
  return known as Promise<ImageStack<Layer>>;
}

async function unpackedStack({ name, layers }: LayeredImage, work: Work): Promise<ImageStack> {
  const root = emptyTree();
  const stacked: StackedLayer[] = [];
  const listed: (readonly PathNode[])[] = [];
  for (const [at, layer] of layers.entries()) {
    const unpacking = new LayerUnpacking({ root, layer: at, image: name });
    for (const entry of await layerEntries(layer, work)) unpacking.add(entry);
    stacked.push(stackedLayer(layer, unpacking.finish()));
    listed.push(unpacking.listed);
  }
  return { root, layers: stacked, listed };
}

export function stackedLayer<Layer extends LayerTar>(layer: Layer, form: LayerForm): StackedLayer<Layer> {
  const { adaptations } = form;
  if (adaptations.length === 0) return { layer, form, id: layer.diffId };
  return { layer, form, id: hashOf([layer.diffId, ...adaptations]) };
}

/** A layer over no other. @param name for messages */
export function loneLayer(layer: LayerTar, entries: readonly IndexedEntry[], name: string): StackedLayer {
  const unpacking = new LayerUnpacking({ root: emptyTree(), layer: 0, image: name });
  for (const entry of entries) unpacking.add(entry);
  return stackedLayer(layer, unpacking.finish());
}

/** Of the lines. */
export function hashOf(lines: readonly string[]): Digest {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line).update('\n');
  return `sha256:${hash.digest('hex')}`;
}

/** The tree of an image, without its root. */
export async function imageTree(image: LayeredImage, work: Work): Promise<Tree> {
  return treeOf((await imageStack(image, work)).root);
}

export function treeOf(root: PathNode): Map<string, TreeNode> {
  return new Map(
    Array.from(nodesBelow(root), ({ path, entry }) => [
      path,
      entry.path === path ? entry : { ...entry, path },
    ]),
  );
}
