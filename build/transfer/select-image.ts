import { KitError } from '../../lib/errors/errors.ts';
import { readIndex } from '../../lib/oci/read.ts';
import { type Descriptor, type Index, isIndexType, mediaTypes } from '../../lib/oci/types.ts';
import { annotationPrefix, refNameAnnotation } from '../cache/annotations.ts';
import { digestOfBytes } from '../cache/blobs.ts';
import type { Cache } from '../cache/cache.ts';
import { type CachedImage, cachedImages } from '../cache/cached-images.ts';
import { isAttestation, subjectOf } from './attestations.ts';

/** A named image of the cache with all its platforms. */
export interface NamedImage {
  readonly name: string;
  /** Its entries in index.json: one index, or a manifest for each architecture. */
  readonly entries: readonly Descriptor[];
  /** Its images and attestations in the cache. */
  readonly images: readonly CachedImage[];
}

/** The image with the first of these names that the cache has. @throws KitError when it has none of them */
export async function namedImage(cache: Cache, names: readonly string[]): Promise<NamedImage> {
  await cache.hold();
  const refs = await cache.refs.list();
  for (const name of new Set(names)) {
    const entries = refs.filter((ref) => ref.name === name).map(({ descriptor }) => descriptor);
    if (entries.length === 0) continue;
    const images = (await Promise.all(entries.map((entry) => cachedImages(cache, name, entry)))).flat();
    return { name, entries, images };
  }
  throw new KitError(`Cannot find image "${names[0]}": no image of the cache has this name`, {
    hint: 'kit cache ls lists them; kit cache pull brings one',
  });
}

/** A selection of an image's platforms, to be pushed or exported. */
export interface SelectedImage {
  /** Of `index`, else of the only manifest. */
  readonly descriptor: Descriptor;
  /** The original index when the selection is complete, else a new one; undefined for a single image. */
  readonly index: Buffer | undefined;
  /** The selected images and the attestations about them. */
  readonly images: readonly CachedImage[];
}

/**
 * The images for these platforms, under one index where there are several.
 * @param platforms `linux/arm64`; an empty list selects all that the cache has
 * @throws KitError for a platform that the cache lacks
 */
export async function selectPlatforms(
  { name, entries, images }: NamedImage,
  platforms: readonly string[],
  cache: Cache,
): Promise<SelectedImage> {
  const whole = await wholeImages(images, cache);
  // Platforms that are asked for by name must be whole, which is said later; others may be left out.
  const some = platforms.length === 0 && whole.some(({ platform }) => platform) ? whole : images;
  const wanted = some.filter(({ platform }) => platform && matches(platform, platforms));
  for (const one of platforms) {
    if (!wanted.some(({ platform }) => platform && matches(platform, [one])))
      throw notCached(name, one, images);
  }
  if (wanted.length === 0) throw notCached(name, 'any platform', images);
  const digests = new Set<string>(wanted.map(({ descriptor }) => descriptor.digest));
  const attestations = whole.filter(
    ({ descriptor }) => isAttestation(descriptor) && digests.has(subjectOf(descriptor) ?? ''),
  );
  const selected = [...wanted, ...attestations];
  const [entry, ...others] = entries;
  if (entry && others.length === 0 && isIndexType(entry.mediaType)) {
    const bytes = await cache.read(entry);
    const isAll = readIndex(bytes, name).manifests.every(({ digest }) =>
      selected.some(({ descriptor }) => descriptor.digest === digest),
    );
    if (isAll) return { descriptor: bare(entry), index: bytes, images: selected };
  }
  const [only] = selected;
  if (only && selected.length === 1)
    return { descriptor: withPlatform(only), index: undefined, images: selected };
  return withIndex(selected);
}

/** Those all of whose blobs are there: an archive may have had one of several platforms. */
async function wholeImages(images: readonly CachedImage[], cache: Cache): Promise<CachedImage[]> {
  const whole: CachedImage[] = [];
  for (const image of images) {
    const { config, layers } = image.manifest;
    const there = await Promise.all([config, ...layers].map((blob) => cache.has(blob)));
    if (there.every(Boolean)) whole.push(image);
  }
  return whole;
}

/** The same selection under an index, also of a single image: LinuxKit's builder reads nothing else. */
export function underIndex(selection: SelectedImage): SelectedImage {
  return selection.index ? selection : withIndex(selection.images);
}

function withIndex(images: readonly CachedImage[]): SelectedImage {
  const index: Index = {
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: images.map((one) => ({ ...one.descriptor, ...withPlatform(one) })).map(withoutCacheNotes),
  };
  const bytes = Buffer.from(JSON.stringify(index));
  const descriptor = { mediaType: mediaTypes.index, digest: digestOfBytes(bytes), size: bytes.length };
  return { descriptor, index: bytes, images };
}

/** All blobs of these images, each once, sorted by digest. @throws KitError when one is missing or damaged */
export async function blobsOfImages(
  name: string,
  images: readonly CachedImage[],
  cache: Cache,
): Promise<Descriptor[]> {
  const all = images.flatMap(({ descriptor, manifest }) => [descriptor, manifest.config, ...manifest.layers]);
  const distinct = [...new Map(all.map((blob) => [blob.digest, blob])).values()];
  for (const blob of distinct) {
    if (await cache.has(blob)) continue;
    throw new KitError(
      `Cannot use image "${name}": blob "${blob.digest}" is missing or damaged in the cache`,
      { hint: `kit cache pull ${name} fetches it again, if a registry has it` },
    );
  }
  return distinct.sort((a, b) => (a.digest < b.digest ? -1 : 1));
}

function matches(
  { os, architecture }: { os: string; architecture: string },
  platforms: readonly string[],
): boolean {
  return platforms.length === 0 || platforms.some((one) => `${one}/`.startsWith(`${os}/${architecture}/`));
}

function notCached(name: string, platform: string, images: readonly CachedImage[]): KitError {
  const found = images.flatMap((one) =>
    one.platform ? [`${one.platform.os}/${one.platform.architecture}`] : [],
  );
  return new KitError(`Cannot find image "${name}" for ${platform} in the cache`, {
    hint: found.length > 0 ? `there is ${found.join(', ')}` : `kit cache pull ${name} brings it`,
  });
}

const bare = ({ mediaType, digest, size }: Descriptor): Descriptor => ({ mediaType, digest, size });

function withPlatform({ descriptor, platform }: CachedImage): Descriptor {
  const known = descriptor.platform ?? platform;
  return { ...bare(descriptor), ...(known && { platform: known }) };
}

/** Removes the annotations that only entries of the cache's index.json have. */
function withoutCacheNotes({ annotations, ...rest }: Descriptor): Descriptor {
  const left = Object.entries(annotations ?? {}).filter(
    ([key]) => !key.startsWith(annotationPrefix) && key !== refNameAnnotation,
  );
  return left.length > 0 ? { ...rest, annotations: Object.fromEntries(left) } : rest;
}
