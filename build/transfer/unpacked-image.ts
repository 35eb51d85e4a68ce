import { KitError } from '../../lib/errors/errors.ts';
import type { Descriptor } from '../../lib/oci/types.ts';
import type { ResolvedImage, ResolvedLayer } from '../cache/stored-image.ts';
import { limitConcurrency } from '../host/concurrency.ts';
import { shortDigest, unpackLayer } from '../layers/plain-layer.ts';
import { defaultSources, type Work } from '../work.ts';
import { predicateTypeOf } from './attestations.ts';
import type { CompleteImage } from './complete-image.ts';
import { layerBudget } from './layer-budget.ts';

/** Layers unpacked at the same time: each keeps a decompressor and a hash busy. */
const unpacking = limitConcurrency(2);

/** A foreign image, all of whose blobs are in the cache, with its layers as uncompressed tars. */
export async function unpackedImage(
  name: string,
  { descriptor, manifest, config, statements }: CompleteImage,
  work: Work,
): Promise<ResolvedImage> {
  const { cache } = work;
  const { layerLimit } = work.sources ?? defaultSources;
  noteVariant(name, descriptor, work);
  const spend = layerBudget(name, manifest.layers, layerLimit);
  const layers = manifest.layers.map(async (layer, at): Promise<ResolvedLayer> => {
    const diffId = config.rootfs.diff_ids[at];
    if (diffId === undefined)
      throw new KitError(`Cannot use image "${name}": layer ${at + 1} has no diff id`);
    const bytes = await plainBytes({ image: name, layer, diffId }, spend, work);
    return { diffId, path: cache.blobPath(diffId), bytes, annotations: layer.annotations ?? {} };
  });
  return {
    name,
    digest: descriptor.digest,
    config,
    layers: await Promise.all(layers),
    statements: statements.map((one) => ({
      path: cache.blobPath(one.digest),
      predicateType: predicateTypeOf(one),
    })),
  };
}

/** Variants that every CPU of their architecture has. */
const common: ReadonlySet<string> = new Set(['amd64/v1', 'arm64/v8']);

/** An image for newer CPUs alone is taken, and stops where the machine has another. */
function noteVariant(name: string, { platform }: Descriptor, { progress }: Work): void {
  const { architecture = '', variant } = platform ?? {};
  if (variant === undefined || common.has(`${architecture}/${variant}`)) return;
  progress.line(`Image "${name}" is for CPUs of ${architecture}/${variant} alone`);
}

/** The size of the layer's uncompressed tar, which is created if the cache lacks it. */
async function plainBytes(
  foreign: Parameters<typeof unpackLayer>[1],
  spend: (bytes: number) => void,
  work: Work,
): Promise<number> {
  const { cache } = work;
  const { diffId, image, layer } = foreign;
  const known = await cache.sizeOf(diffId);
  if (known !== undefined) return known;
  const { layerLimit: limit } = work.sources ?? defaultSources;
  const title = `Unpack layer ${shortDigest(layer.digest)} of ${image}`;
  const make = async (): Promise<number> => {
    const unpackedBefore = await cache.sizeOf(diffId);
    if (unpackedBefore !== undefined) return unpackedBefore;
    spend(0);
    const { size } = await unpackLayer(cache, foreign, limit);
    spend(size);
    return size;
  };
  return unpacking(() =>
    work.progress.task(title, () =>
      cache.locked(`unpack-${diffId.slice('sha256:'.length).slice(0, 2)}`, make, { signal: work.signal }),
    ),
  );
}
