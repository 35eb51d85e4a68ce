import { KitError } from '../../lib/errors/errors.ts';
import { readImageConfig, readIndex, readManifest } from '../../lib/oci/read.ts';
import {
  type Descriptor,
  type ImageConfig,
  isIndexType,
  isManifestType,
  type Manifest,
  type Platform,
} from '../../lib/oci/types.ts';
import type { Cache } from '../cache/cache.ts';
import { RegistryError } from '../registry/registry-error.ts';

/** Brings a blob into the cache that is missing there or damaged. @throws KitError when there is no way to */
export type FetchBlob = (blob: Descriptor) => Promise<void>;

/** The documents of an image for one architecture; all of its blobs are in the cache. */
export interface CompleteImage {
  /** Of the manifest. */
  readonly descriptor: Descriptor;
  readonly manifest: Manifest;
  readonly config: ImageConfig;
  /** in-toto statements about the image, SBOMs among them (BuildKit's attestations). */
  readonly statements: readonly Descriptor[];
}

/** What an index has instead of the architecture that was wanted. */
export interface OtherPlatforms {
  readonly platforms: readonly string[];
}

/**
 * Walks an image from its entry, an index or a manifest, down to the layers, and fetches what the cache lacks
 * of it: a pull, when it has nothing yet; a repair, when something was damaged; nothing, mostly.
 * @param name what messages call the image
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
  const document = async (blob: Descriptor): Promise<Buffer> => {
    await ensure(blob);
    return cache.read(blob);
  };
  const readImage = async (descriptor: Descriptor): Promise<CompleteImage> => {
    const manifest = readManifest(await document(descriptor), `manifest of ${name}`);
    const config = readImageConfig(await document(manifest.config), `configuration of ${name}`);
    checkLayers(name, manifest, config);
    return { descriptor, manifest, config, statements: [] };
  };
  if (!isIndexType(entry.mediaType)) {
    const image = await readImage(entry);
    if (image.config.architecture !== architecture)
      return { platforms: [`linux/${image.config.architecture}`] };
    await Promise.all(image.manifest.layers.map(ensure));
    return image;
  }
  const { manifests } = readIndex(await document(entry), `index of ${name}`);
  const chosen = chooseManifest(manifests, architecture);
  if (!chosen)
    return { platforms: manifests.flatMap(({ platform }) => (platform ? platformNames(platform) : [])) };
  const image = await readImage(chosen);
  if (image.config.architecture !== architecture)
    return { platforms: [`linux/${image.config.architecture}`] };
  await Promise.all(image.manifest.layers.map(ensure));
  return { ...image, statements: await statementsAbout(chosen, manifests, document, ensure, name) };
}

/** The image for this architecture: of several variants the first, as LinuxKit takes it. */
export function chooseManifest(
  manifests: readonly Descriptor[],
  architecture: string,
): Descriptor | undefined {
  const images = manifests.filter((one) => isManifestType(one.mediaType) && !isAttestation(one));
  const found = images.find(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === architecture,
  );
  // An index of one image may leave out what it is for; its configuration tells.
  return found ?? (images.length === 1 && !images[0]?.platform ? images[0] : undefined);
}

/** `linux/arm64`, and nothing for what is no image. */
export const platformNames = ({ os, architecture }: Platform): string[] =>
  os === 'unknown' ? [] : [`${os}/${architecture}`];

const typeKey = 'vnd.docker.reference.type';
const subjectKey = 'vnd.docker.reference.digest';

export const isAttestation = ({ annotations }: Descriptor): boolean =>
  annotations?.[typeKey] === 'attestation-manifest';

/** The digest of the manifest that an attestation is about. */
export const subjectOf = ({ annotations }: Descriptor): string | undefined => annotations?.[subjectKey];

/** Of BuildKit: a manifest beside the image's own, whose layers are in-toto statements. */
async function statementsAbout(
  image: Descriptor,
  manifests: readonly Descriptor[],
  document: (blob: Descriptor) => Promise<Buffer>,
  ensure: (blob: Descriptor) => Promise<void>,
  name: string,
): Promise<Descriptor[]> {
  const about = manifests.filter((one) => isAttestation(one) && subjectOf(one) === image.digest);
  const statements: Descriptor[] = [];
  for (const attestation of about) {
    try {
      const { config, layers } = readManifest(await document(attestation), `attestation of ${name}`);
      for (const blob of [config, ...layers]) await ensure(blob);
      statements.push(...layers.filter(({ mediaType }) => mediaType === 'application/vnd.in-toto+json'));
    } catch (thrown) {
      // Copies of one platform leave them behind; the image itself is whole.
      if (!(thrown instanceof RegistryError) || thrown.status !== 404) throw thrown;
    }
  }
  return statements;
}

function checkLayers(name: string, { layers }: Manifest, { rootfs }: ImageConfig): void {
  if (layers.length === rootfs.diff_ids.length) return;
  throw new KitError(
    `Cannot use image "${name}": it has ${layers.length} layers but ${rootfs.diff_ids.length} diff ids`,
  );
}
