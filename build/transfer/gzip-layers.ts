import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Descriptor, type Index, mediaTypes } from '../../lib/oci/types.ts';
import { gzipBytes } from '../binary/gzip/gzip.ts';
import type { Cache } from '../cache/cache.ts';
import { cachedImages } from '../cache/cached-images.ts';
import { memoizedLayer } from '../cache/layer-memo.ts';
import type { Work } from '../work.ts';
import type { SelectedImage } from './select-image.ts';

/** The same images with compressed layers. An image whose layers are compressed keeps its digest. */
export async function withGzipLayers(selected: SelectedImage, work: Work): Promise<SelectedImage> {
  const { cache } = work;
  const replaced = new Map<string, Descriptor>();
  for (const { descriptor, manifest } of selected.images) {
    if (!manifest.layers.some(({ mediaType }) => mediaType === mediaTypes.layer)) continue;
    const layers: Descriptor[] = [];
    for (const layer of manifest.layers) {
      layers.push(layer.mediaType === mediaTypes.layer ? await gzipped(layer, work) : layer);
    }
    const made = await cache.addJson({ ...manifest, layers }, manifest.mediaType);
    replaced.set(descriptor.digest, { ...descriptor, ...made });
  }
  if (replaced.size === 0) return selected;
  const changed = ({ digest }: Descriptor): Descriptor | undefined => replaced.get(digest);
  // Attestations are dropped: they refer to the digests of images before compression.
  const kept = selected.images.filter((one) => changed(one.descriptor) || one.platform);
  const images = await Promise.all(
    kept.map(async (one) => {
      const [again = one] = await cachedImages(cache, 'image', changed(one.descriptor) ?? one.descriptor);
      return again;
    }),
  );
  if (!selected.index) {
    return { descriptor: changed(selected.descriptor) ?? selected.descriptor, index: undefined, images };
  }
  const manifests = images.map(({ descriptor, platform }) => ({
    ...descriptor,
    ...(platform && { platform }),
  }));
  return { ...(await addIndex(manifests, cache)), images };
}

/** Adds an index of these manifests to the cache. */
export async function addIndex(
  manifests: readonly Descriptor[],
  cache: Cache,
): Promise<{ descriptor: Descriptor; index: Buffer }> {
  const value: Index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests };
  const descriptor = await cache.addJson(value, mediaTypes.index);
  return { descriptor, index: await cache.read(descriptor) };
}

/**
 * The layer compressed by gzip, which every client and registry supports; not all support zstd. Made once.
 */
function gzipped(layer: Descriptor, work: Work): Promise<Descriptor> {
  const { cache } = work;
  return memoizedLayer(cache, ['gzip 1', layer.digest], work.signal, () =>
    work.progress.task(`Compress layer ${layer.digest.slice('sha256:'.length).slice(0, 12)}`, () =>
      cache.scratch(async (scratch) => {
        const file = join(scratch, 'layer.tar.gz');
        const source = createReadStream(cache.blobPath(layer.digest), { highWaterMark: 1 << 18 });
        await pipeline(gzipBytes(source), createWriteStream(file), { signal: work.signal });
        const { annotations } = layer;
        return { ...(await cache.addFile(file, mediaTypes.layerGzip)), ...(annotations && { annotations }) };
      }),
    ),
  );
}
