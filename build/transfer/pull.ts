import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { type Descriptor, isIndexType, isManifestType } from '../../lib/oci/types.ts';
import { originAnnotation, registryOrigin } from '../cache/annotations.ts';
import { limitConcurrency } from '../host/concurrency.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { failureOf } from '../registry/registry-error.ts';
import { checkName, manifestCheck } from '../trust/check-image.ts';
import type { Work } from '../work.ts';
import { type CompleteImage, completeImage, type FetchBlob, type OtherPlatforms } from './complete-image.ts';

/**
 * Pulls the image of this name for one architecture into the cache, and names it there. Images of an index
 * for other architectures are not fetched.
 */
export async function pullImage(
  reference: Reference,
  architecture: string,
  client: RegistryClient,
  work: Work,
): Promise<CompleteImage> {
  const name = formatReference(reference);
  try {
    const { entry, image } = await fetchImage(reference, architecture, client, work);
    if ('platforms' in image) {
      const why = `it is for ${image.platforms.join(', ') || 'no platform'}`;
      throw new KitError(`Cannot pull "${name}" for ${architecture}: ${why}`, {
        hint: '--arch chooses another',
      });
    }
    const { os } = image.config;
    const platform = isIndexType(entry.mediaType) ? {} : { platform: { os, architecture } };
    await work.cache.refs.set(name, {
      ...entry,
      ...platform,
      annotations: { [originAnnotation]: registryOrigin },
    });
    return image;
  } catch (thrown) {
    throw failureOf(`Cannot pull "${name}"`, thrown);
  }
}

/** An image whose blobs are in the cache, without a name there. */
export interface FetchedImage {
  /** The index or manifest that its name stands for. */
  readonly entry: Descriptor;
  readonly image: CompleteImage | OtherPlatforms;
}

/**
 * Fetches the image of this name for one architecture, if it has that.
 * @throws RegistryError, and KitError for what is no image or what a policy refuses
 */
export async function fetchImage(
  reference: Reference,
  architecture: string,
  client: RegistryClient,
  work: Work,
): Promise<FetchedImage> {
  const { cache } = work;
  const name = formatReference(reference);
  checkName(reference, work);
  const { bytes, mediaType } = await client.manifest(reference);
  const entry = await cache.addBytes(bytes, mediaType);
  if (!isIndexType(entry.mediaType) && !isManifestType(entry.mediaType)) {
    const why = `it is of type "${entry.mediaType}", which is not an image`;
    throw new KitError(`Cannot pull "${name}" for ${architecture}: ${why}`);
  }
  const check = manifestCheck(reference, entry, work);
  const image = await work.progress.task(`Pull ${name}`, (note) =>
    completeImage(cache, name, entry, architecture, fetchFrom(client, reference, work, note), check),
  );
  return { entry, image };
}

/** Downloads at the same time: more would not be faster, and registries limit them. */
const parallelDownloads = 3;

/** Fetches blobs of a repository into the cache, by digest. @param note called with the number of MB */
export function fetchFrom(
  client: RegistryClient,
  { registry, repository }: Reference,
  { cache, signal }: Pick<Work, 'cache' | 'signal'>,
  note: (text: string) => void = () => {},
): FetchBlob {
  const limited = limitConcurrency(parallelDownloads);
  let got = 0;
  const count = (bytes: number): void => {
    got += bytes;
    note(`${(got / 1e6).toFixed(1)} MB`);
  };
  const fetch = async (blob: Descriptor): Promise<void> => {
    if (await cache.has(blob)) return;
    if (isManifestType(blob.mediaType) || isIndexType(blob.mediaType)) {
      const { bytes } = await client.manifest({ registry, repository, digest: blob.digest });
      await cache.addBytes(bytes, blob.mediaType);
      return;
    }
    await cache.scratch(async (scratch) => {
      const file = join(scratch, 'blob');
      await client.blob({ registry, repository }, blob, file, count);
      await cache.addFile(file, blob.mediaType, { digest: blob.digest, size: blob.size });
    });
  };
  // When two kit processes need the same blob, one downloads it while the other waits.
  return (blob) =>
    limited(() =>
      cache.locked(`blob-${blob.digest.slice('sha256:'.length).slice(0, 2)}`, () => fetch(blob), {
        signal,
      }),
    );
}
