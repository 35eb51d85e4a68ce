import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { type Descriptor, isIndexType, isManifestType } from '../../lib/oci/types.ts';
import { originAnnotation, registryOrigin } from '../cache/annotations.ts';
import type { Cache } from '../cache/cache.ts';
import { limitConcurrency } from '../host/concurrency.ts';
import type { FoundManifest, RegistryClient } from '../registry/client.ts';
import { formatReference, type Reference } from '../registry/reference.ts';
import { RegistryError } from '../registry/registry-error.ts';
import type { Work } from '../work/work.ts';
import { type CompleteImage, completeImage, type FetchBlob } from './complete-image.ts';

/**
 * Brings what the registry has under this name for the architecture into the cache, and names it there. What
 * an index has for others stays away until somebody asks for it.
 */
export async function pullImage(
  reference: Reference,
  architecture: string,
  client: RegistryClient,
  work: Work,
): Promise<CompleteImage> {
  const { cache } = work;
  const name = formatReference(reference);
  const cannot = (why: string, hint?: string): KitError =>
    new KitError(`Cannot pull "${name}" for ${architecture}: ${why}`, { hint });
  try {
    const entry = await addEntry(await client.manifest(reference), cache);
    if (!isIndexType(entry.mediaType) && !isManifestType(entry.mediaType)) {
      throw cannot(`it is of type "${entry.mediaType}", which is no image`);
    }
    const image = await work.progress.task(`Pull ${name}`, (note) =>
      completeImage(cache, name, entry, architecture, fetchFrom(client, reference, work, note)),
    );
    if ('platforms' in image) {
      throw cannot(`it is made for ${image.platforms.join(', ') || 'no platform'}`, '--arch chooses another');
    }
    const { os } = image.config;
    const platform = isIndexType(entry.mediaType) ? {} : { platform: { os, architecture } };
    await cache.refs.set(name, {
      ...entry,
      ...platform,
      annotations: { [originAnnotation]: registryOrigin },
    });
    return image;
  } catch (thrown) {
    if (!(thrown instanceof RegistryError)) throw thrown;
    throw new KitError(`Cannot pull "${name}": ${thrown.message}`, { hint: thrown.hint, cause: thrown });
  }
}

async function addEntry({ bytes, mediaType }: FoundManifest, cache: Cache): Promise<Descriptor> {
  return cache.addBytes(bytes, statedType(bytes) ?? mediaType);
}

/** What the document says of itself goes before the header, which some registries make up. */
function statedType(bytes: Buffer): string | undefined {
  try {
    const { mediaType } = JSON.parse(bytes.toString()) as { mediaType?: unknown };
    return typeof mediaType === 'string' ? mediaType : undefined;
  } catch {
    return undefined;
  }
}

/** More downloads at once gain nothing, and registries count them. */
const lanes = 3;

/** Fetches single blobs of a repository into the cache, by digest. @param note told how much has come */
export function fetchFrom(
  client: RegistryClient,
  { registry, repository }: Reference,
  { cache, signal }: Pick<Work, 'cache' | 'signal'>,
  note: (text: string) => void = () => {},
): FetchBlob {
  const limited = limitConcurrency(lanes);
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
  // Of two kits that want the same blob, one downloads it.
  return (blob) =>
    limited(() =>
      cache.locked(`blob-${blob.digest.slice('sha256:'.length).slice(0, 2)}`, () => fetch(blob), {
        signal,
      }),
    );
}
