import { KitError } from '../../lib/errors/errors.ts';
import { type WalkedIndex, walkIndex } from '../../lib/oci/index-walk.ts';
import { readImageConfig, readImageManifest } from '../../lib/oci/read.ts';
import {
  type Descriptor,
  type Digest,
  type ImageConfig,
  type ImageManifest,
  isIndexType,
} from '../../lib/oci/types.ts';
import type { Cache } from './cache.ts';

/** An image in the cache, or an attestation about one. */
export interface CachedImage {
  /** Of its manifest. */
  readonly descriptor: Descriptor;
  readonly manifest: ImageManifest;
  /** Undefined for attestations and other artifacts. */
  readonly platform: { readonly os: string; readonly architecture: string } | undefined;
  /** Of its unpacked layers; empty for attestations and other artifacts. */
  readonly diffIds: readonly Digest[];
}

/**
 * The images of an index.json entry whose manifests are in the cache and undamaged: for an index, those that
 * were pulled.
 * @param name of the image, for messages
 */
export async function cachedImages(cache: Cache, name: string, entry: Descriptor): Promise<CachedImage[]> {
  if (!(await cache.has(entry))) return [];
  if (!isIndexType(entry.mediaType)) return [await cachedImage(cache, name, entry)];
  const { manifests } = await cachedIndex(cache, name, entry);
  const found: CachedImage[] = [];
  for (const one of manifests) if (await cache.has(one)) found.push(await cachedImage(cache, name, one));
  return found;
}

/** What an index leads to, as far as the indexes in it are in the cache. */
export function cachedIndex(cache: Cache, name: string, entry: Descriptor): Promise<WalkedIndex> {
  const read = async (index: Descriptor): Promise<Buffer | undefined> =>
    (await cache.has(index)) ? cache.read(index) : undefined;
  return walkIndex(entry, read, name);
}

async function cachedImage(cache: Cache, name: string, descriptor: Descriptor): Promise<CachedImage> {
  const manifest = readImageManifest(await cache.read(descriptor), name);
  const isImage = descriptor.platform?.os !== 'unknown' && (await cache.has(manifest.config));
  const config = isImage ? imageConfig(await cache.read(manifest.config), name) : undefined;
  if (!config) return { descriptor, manifest, platform: undefined, diffIds: [] };
  const { os, architecture, rootfs } = config;
  return { descriptor, manifest, platform: { os, architecture }, diffIds: rootfs.diff_ids };
}

/** Undefined for artifacts other than images: their configuration may be anything. */
function imageConfig(bytes: Buffer, name: string): ImageConfig | undefined {
  try {
    return readImageConfig(bytes, name);
  } catch (thrown) {
    if (thrown instanceof KitError) return undefined;
    throw thrown;
  }
}
