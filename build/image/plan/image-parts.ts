import { layerId } from '../../../lib/bundle/layers.ts';
import type { Digest } from '../../../lib/oci/types.ts';
import { layerAnnotation } from '../../cache/annotations.ts';
import type { ResolvedImage, ResolvedLayer } from '../../cache/stored-image.ts';
import { imageRef } from '../../images/manifest-images.ts';
import type { Assembly } from './assembly.ts';
import type { PlannedBundle } from './bundles.ts';

/** Something that takes room in an image. */
export interface ImagePart {
  /** `Node runtime`, `debian of kit/containerd` */
  readonly title: string;
  /** As it is stored: compressed, where the layout compresses. */
  readonly bytes: number;
  /** Lines of the manifest that need it: `kernel`, `init`, `services web`, `volumes data`. */
  readonly users: readonly string[];
}

/** A line of the manifest with the image that it brings in. */
export interface ImageUse {
  readonly user: string;
  readonly image: ResolvedImage;
}

/** Every use of an image but the kernel's, in the order of the manifest. */
export function imageUses({ manifest, imageOf }: Assembly, bundles: readonly PlannedBundle[]): ImageUse[] {
  const volumes = manifest.volumes.flatMap(({ value: { name, image }, origin }) =>
    image === undefined ? [] : [{ user: `volumes ${name}`, image: imageOf(imageRef(image, origin)) }],
  );
  return [
    ...manifest.init.map((ref) => ({ user: 'init', image: imageOf(ref) })),
    ...volumes,
    ...bundles.map(({ section, name, image }) => ({ user: `${section} ${name}`, image })),
  ];
}

/** Layers of images by their id in the guest: what a person calls each, and who needs it. */
export function namedLayers(uses: readonly ImageUse[]): Map<string, Pick<ImagePart, 'title' | 'users'>> {
  const found = new Map<string, { readonly title: string; readonly users: Set<string> }>();
  for (const { user, image } of uses) {
    for (const [at, layer] of image.layers.entries()) {
      const id = layerId(layer.diffId);
      const named = found.get(id) ?? { title: layerTitle(image, layer, at), users: new Set<string>() };
      found.set(id, named);
      named.users.add(user);
    }
  }
  return new Map([...found].map(([id, { title, users }]) => [id, { title, users: [...users] }]));
}

function layerTitle({ name }: ResolvedImage, { annotations }: ResolvedLayer, at: number): string {
  const kind = annotations[layerAnnotation];
  return kind === 'node' ? 'Node runtime' : `${kind ?? `layer ${at + 1}`} of ${shortName(name)}`;
}

/** Without the hash that a package has for a tag, and a digest. */
export const shortName = (name: string): string =>
  name.replace(/:[0-9a-f]{40}(?:-\w+)?$|@sha256:[0-9a-f]{64}$/, '');

/** Images of the flat layout, which has no layers: bytes of their layers, not compressed. */
export function imageParts(uses: readonly ImageUse[]): ImagePart[] {
  const byDigest = Map.groupBy(uses, ({ image }): Digest => image.digest);
  return [...byDigest.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { name, layers } = first.image;
    const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0);
    return [{ title: shortName(name), bytes, users: [...new Set(group.map(({ user }) => user))] }];
  });
}
