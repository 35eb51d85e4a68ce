import { KitError } from '../../lib/errors/errors.ts';
import { readImage } from '../cache/stored-image.ts';
import { layerUses } from '../image/plan/image-part.ts';
import type { Work } from '../work.ts';
import type { NameOf } from './contents/initrd-parts.ts';

/** Names of layers by the images of the cache: an image file has only their ids. */
export async function knownLayers({ cache, arch }: Work): Promise<NameOf> {
  const images = await Promise.all(
    (await cache.refs.list()).map(async ({ name }) => {
      try {
        const image = await readImage(cache, name, arch);
        return typeof image === 'string' ? [] : [{ user: '', image }];
      } catch (thrown) {
        // An image of the cache that is not whole says nothing about this one.
        if (thrown instanceof KitError) return [];
        throw thrown;
      }
    }),
  );
  const uses = layerUses(images.flat());
  return (id) => {
    const known = uses.get(id);
    return known && { title: known.title, package: known.package ?? null, users: [] };
  };
}
