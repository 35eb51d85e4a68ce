import { KitError } from '../../lib/errors/errors.ts';
import { walkIndex } from '../../lib/oci/index-walk.ts';
import { readImageConfig, readImageManifest } from '../../lib/oci/read.ts';
import {
  type Descriptor,
  dockerTypes,
  type ImageConfig,
  type ImageManifest,
  isIndexType,
  mediaTypes,
} from '../../lib/oci/types.ts';
import type { Cache } from '../cache/cache.ts';
import type { CheckManifest } from '../trust/check-image.ts';
import { type BlobAccess, statementsAbout } from './attestations.ts';
import { candidates, platformsOf } from './choose-manifest.ts';
import { isMissing } from './missing-blob.ts';

/**
 * Fetches a missing or damaged blob into the cache. @param what it is: `layer 2 of 3`
 * @throws MissingBlobError where there is none, KitError
 */
export type FetchBlob = (blob: Descriptor, what: string) => Promise<void>;

/** The documents of an image for one architecture, all of whose blobs are in the cache. */
export interface CompleteImage {
  /** Of the manifest. */
  readonly descriptor: Descriptor;
  readonly manifest: ImageManifest;
  readonly config: ImageConfig;
  /** in-toto statements about the image, such as SBOMs (attestations.ts). */
  readonly statements: readonly Descriptor[];
}

/** The platforms of an image that lacks the requested architecture. */
export interface OtherPlatforms {
  readonly platforms: readonly string[];
}

/**
 * Walks an image from its entry, an index or a manifest, down to the layers, and fetches what the cache
 * lacks: everything for a pull, damaged blobs for a repair, usually nothing.
 * @param name of the image, for messages @param check fails for a manifest that no policy admits, before its
 * layers are fetched
 */
export async function completeImage(
  cache: Cache,
  name: string,
  entry: Descriptor,
  architecture: string,
  fetch: FetchBlob,
  check: CheckManifest,
): Promise<CompleteImage | OtherPlatforms> {
  const ensure = async (blob: Descriptor, what: string): Promise<void> => {
    if (!(await cache.has(blob))) await fetch(blob, what);
  };
  const read = async (blob: Descriptor, what: string): Promise<Buffer> => {
    await ensure(blob, what);
    return cache.read(blob);
  };
  const access = { ensure, read, check };
  if (!isIndexType(entry.mediaType)) return completeManifest(name, entry, architecture, access);
  const { manifests } = await walkIndex(entry, (index) => readIndexBlob(index, entry, access), name);
  const others = new Set(platformsOf(manifests));
  for (const chosen of candidates(manifests, architecture)) {
    const image = await completeManifest(name, chosen, architecture, access);
    if (!('platforms' in image))
      return { ...image, statements: await statementsAbout(chosen, manifests, access, name) };
    for (const platform of image.platforms) others.add(platform);
  }
  return { platforms: [...others] };
}

/** Undefined for an index in another one that is missing: it may be about another platform. */
async function readIndexBlob(
  index: Descriptor,
  entry: Descriptor,
  { read }: BlobAccess,
): Promise<Buffer | undefined> {
  try {
    return await read(index, 'its index');
  } catch (thrown) {
    if (index.digest !== entry.digest && isMissing(thrown)) return undefined;
    throw thrown;
  }
}

interface CheckedAccess extends BlobAccess {
  readonly check: CheckManifest;
}

async function completeManifest(
  name: string,
  descriptor: Descriptor,
  architecture: string,
  { ensure, read, check }: CheckedAccess,
): Promise<CompleteImage | OtherPlatforms> {
  const manifest = readImageManifest(await read(descriptor, 'its manifest'), `manifest of ${name}`);
  const config = imageConfig(await read(manifest.config, 'its configuration'), manifest, name);
  checkLayers(name, manifest, config);
  if (config.architecture !== architecture) return { platforms: [`linux/${config.architecture}`] };
  await check(descriptor);
  const { length } = manifest.layers;
  await Promise.all(manifest.layers.map((layer, at) => ensure(layer, `layer ${at + 1} of ${length}`)));
  return { descriptor, manifest, config, statements: [] };
}

/** @throws KitError, for a chart, a module or a signature one that says what it is */
function imageConfig(bytes: Buffer, { config, artifactType }: ImageManifest, name: string): ImageConfig {
  const type = artifactType ?? config.mediaType;
  try {
    return readImageConfig(bytes, `configuration of ${name}`);
  } catch (thrown) {
    if (!(thrown instanceof KitError) || type === mediaTypes.config || type === dockerTypes.config)
      throw thrown;
    throw new KitError(`Cannot use image "${name}": it is an artifact of type "${type}", not an image`, {
      cause: thrown,
    });
  }
}

function checkLayers(name: string, { layers }: ImageManifest, { rootfs }: ImageConfig): void {
  if (layers.length === rootfs.diff_ids.length) return;
  throw new KitError(
    `Cannot use image "${name}": it has ${layers.length} layers but ${rootfs.diff_ids.length} diff ids`,
  );
}
