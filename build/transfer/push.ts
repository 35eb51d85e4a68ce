import { KitError } from '../../lib/errors/errors.ts';
import type { Descriptor } from '../../lib/oci/types.ts';
import type { Cache } from '../cache/cache.ts';
import { limitConcurrency } from '../host/concurrency.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { failureOf } from '../registry/registry-error.ts';
import type { Work } from '../work.ts';
import { withGzipLayers } from './gzip-layers.ts';
import { blobsOfImages, type SelectedImage } from './select-image.ts';

/** The result of a push. */
export interface Pushed {
  /** `localhost:5000/me/x:1` */
  readonly name: string;
  readonly digest: string;
  /** Number of blobs that the registry lacked. */
  readonly sent: number;
}

/** Where to push to. */
export interface PushTarget {
  readonly client: RegistryClient;
  /** By registry and digest of a blob, a repository that has it, from which others can mount it. */
  readonly known: Map<string, string>;
}

/** Uploads at the same time. */
const parallelUploads = 3;

/**
 * Pushes the parts of an image that the registry lacks: layers, compressed reproducibly, then manifests, then
 * the tag.
 * @throws KitError, also when the tag names another image and `override` is not set
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
    const { descriptor, index, images } = await withGzipLayers(selected, work);
    const existing = await to.client.digestOf(target);
    if (existing === descriptor.digest) return { name, digest: existing, sent: 0 };
    if (existing !== undefined && !override) {
      throw new KitError(`Cannot push "${name}": the registry has another image of this name`, {
        hint: '--override replaces it',
      });
    }
    const manifests = new Set<string>(images.map((one) => one.descriptor.digest));
    const blobs = (await blobsOfImages(name, images, cache)).filter(({ digest }) => !manifests.has(digest));
    const sent = await work.progress.task(`Push ${name}`, () => uploadAll(blobs, target, to, cache));
    const { registry, repository } = target;
    for (const { descriptor: manifest } of images) {
      const byDigest = { registry, repository, digest: manifest.digest };
      await to.client.putManifest(byDigest, await cache.read(manifest), manifest.mediaType);
    }
    await to.client.putManifest(target, index ?? (await cache.read(descriptor)), descriptor.mediaType);
    return { name, digest: descriptor.digest, sent };
  });
}

/** Runs `work`; its RegistryErrors become KitErrors that name the image. */
export async function explainPushErrors<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw failureOf(`Cannot push "${name}"`, thrown);
  }
}

async function uploadAll(
  blobs: readonly Descriptor[],
  target: Reference,
  { client, known }: PushTarget,
  cache: Cache,
): Promise<number> {
  const limited = limitConcurrency(parallelUploads);
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
