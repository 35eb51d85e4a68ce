import { KitError } from '../../lib/errors/errors.ts';
import { readImageConfig, readImageManifest, readIndex } from '../../lib/oci/read.ts';
import {
  type Descriptor,
  type ImageConfig,
  type ImageManifest,
  isIndexType,
  isManifestType,
  type Platform,
} from '../../lib/oci/types.ts';
import type { Cache } from '../cache/cache.ts';
import { type BlobAccess, isAttestation, statementsAbout } from './attestations.ts';

/** Fetches a missing or damaged blob into the cache. @throws KitError when that is impossible */
export type FetchBlob = (blob: Descriptor) => Promise<void>;

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
 * @param name of the image, for messages
 */
export async function completeImage(
  cache: Cache,
  name: string,
  entry: Descriptor,
  architecture: string,
  fetch: FetchBlob,
): Promise<CompleteImage | OtherPlatforms> {
  const ensure = async (blob: Descriptor): Promise<void> => {
    if (!(await cache.has(blob))) await fetch(blob);
  };
  const read = async (blob: Descriptor): Promise<Buffer> => {
    await ensure(blob);
    return cache.read(blob);
  };
  const access = { ensure, read };
  if (!isIndexType(entry.mediaType)) return completeManifest(name, entry, architecture, access);
  const { manifests } = readIndex(await read(entry), `index of ${name}`);
  const chosen = chooseManifest(manifests, architecture);
  if (!chosen) {
    return { platforms: manifests.flatMap(({ platform }) => (platform ? platformNames(platform) : [])) };
  }
  const image = await completeManifest(name, chosen, architecture, access);
  if ('platforms' in image) return image;
  return { ...image, statements: await statementsAbout(chosen, manifests, access, name) };
}

async function completeManifest(
  name: string,
  descriptor: Descriptor,
  architecture: string,
  { ensure, read }: BlobAccess,
): Promise<CompleteImage | OtherPlatforms> {
  const manifest = readImageManifest(await read(descriptor), `manifest of ${name}`);
  const config = readImageConfig(await read(manifest.config), `configuration of ${name}`);
  checkLayers(name, manifest, config);
  if (config.architecture !== architecture) return { platforms: [`linux/${config.architecture}`] };
  await Promise.all(manifest.layers.map(ensure));
  return { descriptor, manifest, config, statements: [] };
}

/** The image for this architecture; the first of several variants, as LinuxKit chooses. */
export function chooseManifest(
  manifests: readonly Descriptor[],
  architecture: string,
): Descriptor | undefined {
  const images = manifests.filter((one) => isManifestType(one.mediaType) && !isAttestation(one));
  const found = images.find(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === architecture,
  );
  // An index of a single image may omit the platform, which is then in the configuration alone.
  return found ?? (images.length === 1 && !images[0]?.platform ? images[0] : undefined);
}

/** `linux/arm64`; none for attestations. */
export const platformNames = ({ os, architecture }: Platform): string[] =>
  os === 'unknown' ? [] : [`${os}/${architecture}`];

function checkLayers(name: string, { layers }: ImageManifest, { rootfs }: ImageConfig): void {
  if (layers.length === rootfs.diff_ids.length) return;
  throw new KitError(
    `Cannot use image "${name}": it has ${layers.length} layers but ${rootfs.diff_ids.length} diff ids`,
  );
}
