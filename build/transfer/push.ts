import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { KitError } from '../../lib/errors/errors.ts';
import { type Descriptor, type Index, mediaTypes } from '../../lib/oci/types.ts';
import { gzipBytes } from '../binary/gzip/gzip.ts';
import type { Cache } from '../cache/cache.ts';
import { type CachedImage, cachedImages } from '../cache/cached-images.ts';
import { memoizedLayer } from '../cache/layer-memo.ts';
import { limitConcurrency } from '../host/concurrency.ts';
import type { RegistryClient } from '../registry/client.ts';
import { formatReference, type Reference } from '../registry/reference.ts';
import { RegistryError } from '../registry/registry-error.ts';
import type { Work } from '../work/work.ts';
import { type SelectedImage, wholeBlobs } from './archives/export.ts';

/** What a push did. */
export interface Pushed {
  /** `localhost:5000/me/x:1` */
  readonly name: string;
  readonly digest: string;
  /** Blobs that were sent; the others were there. */
  readonly sent: number;
}

/**
 * A registry to push to; `known` says which of its repositories has a blob, so that another can take it from
 * there.
 */
export interface PushTarget {
  readonly client: RegistryClient;
  readonly known: Map<string, string>;
}

/** At most so many uploads at once. */
const lanes = 3;

/**
 * Sends what is missing of an image to a registry: layers compressed, the same way each time, then manifests,
 * then the name. @throws KitError, also when the name is taken by another image and `override` is not set
 */
export async function pushImage(
  selected: SelectedImage,
  target: Reference,
  to: PushTarget,
  override: boolean,
  work: Work,
): Promise<Pushed> {
  const { cache } = work;
  const name = formatReference(target);
  return explainPushErrors(name, async () => {
    const ready = await compressed(selected, work);
    const there = await to.client.digestOf(target);
    if (there === ready.descriptor.digest) return { name, digest: there, sent: 0 };
    if (there !== undefined && !override) {
      throw new KitError(`Cannot push "${name}": the registry has another image of this name`, {
        hint: '--override replaces it',
      });
    }
    const blobs = (await wholeBlobs(name, ready.held, cache)).filter(isBlob(ready.held));
    const sent = await work.progress.task(`Push ${name}`, () => uploadAll(blobs, target, to, cache));
    const { registry, repository } = target;
    for (const { descriptor } of ready.held) {
      const byDigest = { registry, repository, digest: descriptor.digest };
      await to.client.putManifest(byDigest, await cache.read(descriptor), descriptor.mediaType);
    }
    const { descriptor, index } = ready;
    await to.client.putManifest(target, index ?? (await cache.read(descriptor)), descriptor.mediaType);
    return { name, digest: descriptor.digest, sent };
  });
}

/** The same work, whose failures at the registry say what was pushed. */
export async function explainPushErrors<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof RegistryError)) throw thrown;
    throw new KitError(`Cannot push "${name}": ${thrown.message}`, { hint: thrown.hint, cause: thrown });
  }
}

const isBlob =
  (held: readonly CachedImage[]) =>
  ({ digest }: Descriptor): boolean =>
    !held.some(({ descriptor }) => descriptor.digest === digest);

async function uploadAll(
  blobs: readonly Descriptor[],
  target: Reference,
  { client, known }: PushTarget,
  cache: Cache,
): Promise<number> {
  const limited = limitConcurrency(lanes);
  let sent = 0;
  const upload = async (blob: Descriptor): Promise<void> => {
    const key = `${target.registry} ${blob.digest}`;
    const from = known.get(key);
    if (from !== target.repository && !(await client.hasBlob(target, blob.digest))) {
      const wasSent = await client.upload(target, blob, cache.blobPath(blob.digest), from);
      sent += Number(wasSent);
    }
    known.set(key, target.repository);
  };
  await Promise.all(blobs.map((blob) => limited(() => upload(blob))));
  return sent;
}

/**
 * The same images with compressed layers. One whose layers are compressed already stays as it is, digest and
 * all.
 */
async function compressed(selected: SelectedImage, work: Work): Promise<SelectedImage> {
  const { cache } = work;
  const replaced = new Map<string, Descriptor>();
  for (const { descriptor, manifest } of selected.held) {
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
  // A statement is about a digest: about one that has changed it says nothing.
  const kept = selected.held.filter((one) => changed(one.descriptor) || one.platform);
  const held = await Promise.all(
    kept.map(async (one) => {
      const [again = one] = await cachedImages(cache, 'image', changed(one.descriptor) ?? one.descriptor);
      return again;
    }),
  );
  if (!selected.index)
    return { descriptor: changed(selected.descriptor) ?? selected.descriptor, index: undefined, held };
  const manifests = held.map(({ descriptor, platform }) => ({
    ...descriptor,
    ...(platform && { platform }),
  }));
  return { ...(await indexOf(manifests, cache)), held };
}

/** An index of these manifests, in the cache. */
export async function indexOf(
  manifests: readonly Descriptor[],
  cache: Cache,
): Promise<{ descriptor: Descriptor; index: Buffer }> {
  const value: Index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests };
  const descriptor = await cache.addJson(value, mediaTypes.index);
  return { descriptor, index: await cache.read(descriptor) };
}

/** The layer by gzip, made once: every client and registry knows it, zstd not yet. */
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
