import { type ImagePart, type ImageUse, shortName } from '../plan/image-part.ts';

/**
 * The parts of a flat tree, which has no layers: one for each image, with the uncompressed bytes of its
 * layers.
 */
export function flatParts(uses: readonly ImageUse[]): ImagePart[] {
  const byDigest = Map.groupBy(uses, ({ image }) => image.digest);
  return [...byDigest.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { name, layers } = first.image;
    const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0);
    return [{ title: shortName(name), bytes, users: [...new Set(group.map(({ user }) => user))] }];
  });
}
