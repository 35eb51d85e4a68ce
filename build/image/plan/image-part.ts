import { layerId } from '../../../lib/bundle/layers.ts';
import { layerAnnotation } from '../../cache/annotations.ts';
import type { ResolvedImage, ResolvedLayer } from '../../cache/stored-image.ts';
import type { ImagePlan } from './image-plan.ts';

/** A part of an image that takes up room. */
export interface ImagePart {
  /** `Node runtime`, `debian of kit/containerd` */
  readonly title: string;
  /** Size as stored: compressed, where the layout compresses. */
  readonly bytes: number;
  /** Entries of the manifest that need it: `kernel`, `init`, `services web`, `volumes data`. */
  readonly users: readonly string[];
  /** Of a layer: its id in the guest. */
  readonly layer?: string;
  /** Of a layer of an image: the name of that image, without its tag. */
  readonly package?: string;
}

/** What an image's use of a layer says about it. */
export type LayerUse = Pick<ImagePart, 'title' | 'users' | 'package'>;

/** An entry of the manifest, and the image that it names. */
export interface ImageUse {
  readonly user: string;
  readonly image: ResolvedImage;
}

/** Every use of an image other than the kernel's, in the order of the manifest. */
export function imageUses({ init, volumes, bundles }: ImagePlan): ImageUse[] {
  return [
    ...init.map(({ image }) => ({ user: 'init', image })),
    ...volumes.flatMap(({ volume: { name }, content }) =>
      content ? [{ user: `volumes ${name}`, image: content.image }] : [],
    ),
    ...bundles.map(({ section, name, image }) => ({ user: `${section} ${name}`, image })),
  ];
}

/** Title, image and users of every layer, by the id that it has in the guest unless it is adapted. */
export function layerUses(uses: readonly ImageUse[]): Map<string, LayerUse> {
  const found = new Map<string, { title: string; package: string; users: Set<string> }>();
  for (const { user, image } of uses) {
    for (const [at, layer] of image.layers.entries()) {
      const id = layerId(layer.diffId);
      const title = layerTitle(image, layer, at);
      // All packages with programs of Node share it.
      const named = { title, package: title === nodeTitle ? title : shortName(image.name) };
      const used = found.get(id) ?? { ...named, users: new Set<string>() };
      found.set(id, used);
      used.users.add(user);
    }
  }
  return new Map([...found].map(([id, { users, ...named }]) => [id, { ...named, users: [...users] }]));
}

const nodeTitle = 'Node runtime';

function layerTitle({ name }: ResolvedImage, { annotations }: ResolvedLayer, at: number): string {
  const kind = annotations[layerAnnotation];
  return kind === 'node' ? nodeTitle : `${kind ?? `layer ${at + 1}`} of ${shortName(name)}`;
}

/** Without the digest, and without the hash that is a package's tag. */
export const shortName = (name: string): string =>
  name.replace(/:[0-9a-f]{40}(?:-\w+)?$|@sha256:[0-9a-f]{64}$/, '');
