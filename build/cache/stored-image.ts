import { KitError } from '../../lib/errors/errors.ts';
import { readImageConfig, readImageManifest } from '../../lib/oci/read.ts';
import { type Digest, type ImageConfig, type ImageManifest, mediaTypes } from '../../lib/oci/types.ts';
import type { Arch } from '../host/arch.ts';
import { hashAnnotation } from './annotations.ts';
import type { Cache } from './cache.ts';

/** An image for one architecture, all of whose blobs are in the cache. */
export interface ResolvedImage {
  /** `kit/metadata:3f2a…` */
  readonly name: string;
  readonly digest: Digest;
  readonly config: ImageConfig;
  /** Lowest first. */
  readonly layers: readonly ResolvedLayer[];
  /** in-toto statements that came with it (BuildKit's attestations), as files of the cache. */
  readonly statements?: readonly Statement[];
}

export interface Statement {
  readonly path: string;
  /** `https://spdx.dev/Document` */
  readonly predicateType: string;
}

export interface ResolvedLayer {
  readonly diffId: Digest;
  /** An uncompressed tar. */
  readonly path: string;
  readonly bytes: number;
  /** How the layer was made, and its components (annotations.ts). */
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * The image of this name: `missing` when the cache has none, or none with this hash of inputs; `damaged` when
 * one of its blobs is missing or was changed.
 */
export async function readImage(
  cache: Cache,
  name: string,
  arch: Arch,
  hash?: string,
): Promise<ResolvedImage | 'missing' | 'damaged'> {
  await cache.hold();
  const found = await cache.refs.get(name, arch);
  if (!found || (hash !== undefined && found.annotations?.[hashAnnotation] !== hash)) return 'missing';
  if (!(await cache.has(found))) return 'damaged';
  const manifest = readImageManifest(await cache.read(found), name);
  for (const blob of [manifest.config, ...manifest.layers]) if (!(await cache.has(blob))) return 'damaged';
  const config = readImageConfig(await cache.read(manifest.config), name);
  return { name, digest: found.digest, config, layers: resolvedLayers(cache, name, manifest, config) };
}

function resolvedLayers(
  cache: Cache,
  name: string,
  manifest: ImageManifest,
  config: ImageConfig,
): ResolvedLayer[] {
  const { diff_ids } = config.rootfs;
  if (diff_ids.length !== manifest.layers.length) {
    throw new KitError(
      `Cannot use image "${name}": it has ${manifest.layers.length} layers but ${diff_ids.length} diff ids`,
    );
  }
  return manifest.layers.map(({ mediaType, digest, size, annotations = {} }) => {
    if (mediaType !== mediaTypes.layer) {
      throw new KitError(`Cannot use image "${name}": layer "${digest}" is of type "${mediaType}"`);
    }
    return { diffId: digest, path: cache.blobPath(digest), bytes: size, annotations };
  });
}
