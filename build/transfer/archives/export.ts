import { fileBody, type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { readIndex } from '../../../lib/oci/read.ts';
import { type Descriptor, type Digest, type Index, isIndexType, mediaTypes } from '../../../lib/oci/types.ts';
import { nameAnnotations } from '../../cache/annotations.ts';
import { digestOfBytes } from '../../cache/blobs.ts';
import type { Cache } from '../../cache/cache.ts';
import { type CachedImage, cachedImages } from '../../cache/cached-images.ts';
import { isAttestation, subjectOf } from '../complete-image.ts';

/** A named image of the cache, all platforms of it. */
export interface NamedImage {
  readonly name: string;
  /** Of index.json: one index, or a manifest for each architecture. */
  readonly entries: readonly Descriptor[];
  readonly held: readonly CachedImage[];
}

/** The image of one of these names, the first that the cache has. */
export async function namedImage(cache: Cache, names: readonly string[]): Promise<NamedImage> {
  await cache.hold();
  const refs = await cache.refs.list();
  for (const name of new Set(names)) {
    const entries = refs.filter((ref) => ref.name === name).map(({ descriptor }) => descriptor);
    if (entries.length === 0) continue;
    const held = (await Promise.all(entries.map((entry) => cachedImages(cache, name, entry)))).flat();
    return { name, entries, held };
  }
  throw new KitError(`Cannot find image "${names[0]}": no image of the cache has this name`, {
    hint: 'kit cache ls lists them; kit cache pull brings one',
  });
}

/** An index over what is to leave the cache: its own bytes where nothing of it is left behind. */
export interface SelectedImage {
  readonly descriptor: Descriptor;
  /** Undefined for a single image. */
  readonly index: Buffer | undefined;
  /** Manifests, images and statements about them. */
  readonly held: readonly CachedImage[];
}

/** @param platforms `linux/arm64`; none: all that the cache has */
export async function selectPlatforms(
  { name, entries, held }: NamedImage,
  platforms: readonly string[],
  cache: Cache,
): Promise<SelectedImage> {
  const images = held.filter(({ platform }) => platform && isWanted(platform, platforms));
  for (const wanted of platforms) {
    if (!images.some(({ platform }) => platform && isWanted(platform, [wanted])))
      throw none(name, wanted, held);
  }
  if (images.length === 0) throw none(name, 'any platform', held);
  const digests = new Set<string>(images.map(({ descriptor }) => descriptor.digest));
  const about = held.filter(
    ({ descriptor }) => isAttestation(descriptor) && digests.has(subjectOf(descriptor) ?? ''),
  );
  const selected = [...images, ...about];
  const [entry, ...others] = entries;
  if (entry && others.length === 0 && isIndexType(entry.mediaType)) {
    const bytes = await cache.read(entry);
    const isAll = readIndex(bytes, name).manifests.every(({ digest }) =>
      selected.some(({ descriptor }) => descriptor.digest === digest),
    );
    if (isAll) return { descriptor: bare(entry), index: bytes, held: selected };
  }
  const [only] = selected;
  if (only && selected.length === 1) return { descriptor: described(only), index: undefined, held: selected };
  const index: Index = {
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: selected.map((one) => ({ ...one.descriptor, ...described(one) })).map(withoutOurs),
  };
  const bytes = Buffer.from(JSON.stringify(index));
  const descriptor = { mediaType: mediaTypes.index, digest: digestOfBytes(bytes), size: bytes.length };
  return { descriptor, index: bytes, held: selected };
}

/** The files of an OCI layout (image-layout.md) with this image, under its name. */
export async function* layoutEntries(
  name: string,
  selected: SelectedImage,
  cache: Cache,
): AsyncGenerator<TarEntry> {
  const { descriptor, index, held } = selected;
  yield textEntry('oci-layout', '{"imageLayoutVersion":"1.0.0"}');
  const top = { ...descriptor, annotations: Object.fromEntries(nameAnnotations.map((key) => [key, name])) };
  yield textEntry(
    'index.json',
    JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [top] }),
  );
  for (const path of ['blobs', 'blobs/sha256']) yield tarEntry({ path, type: 'directory' });
  if (index) yield textEntry(blobPath(descriptor.digest), index);
  for (const { digest, size } of await wholeBlobs(name, held, cache)) {
    yield tarEntry({ path: blobPath(digest), size, body: fileBody(cache.blobPath(digest)) });
  }
}

/** All blobs of these images, each once, by digest. @throws KitError when one is damaged */
export async function wholeBlobs(
  name: string,
  held: readonly CachedImage[],
  cache: Cache,
): Promise<Descriptor[]> {
  const all = held.flatMap(({ descriptor, manifest }) => [descriptor, manifest.config, ...manifest.layers]);
  const distinct = [...new Map(all.map((blob) => [blob.digest, blob])).values()];
  for (const blob of distinct) {
    if (await cache.has(blob)) continue;
    throw new KitError(
      `Cannot use image "${name}": blob "${blob.digest}" is missing or damaged in the cache`,
      {
        hint: `kit cache pull ${name} fetches it again, if a registry has it`,
      },
    );
  }
  return distinct.sort((a, b) => (a.digest < b.digest ? -1 : 1));
}

const blobPath = (digest: Digest): string => `blobs/${digest.replace(':', '/')}`;

function isWanted(
  { os, architecture }: { os: string; architecture: string },
  platforms: readonly string[],
): boolean {
  return platforms.length === 0 || platforms.some((one) => `${one}/`.startsWith(`${os}/${architecture}/`));
}

function none(name: string, wanted: string, held: readonly CachedImage[]): KitError {
  const there = held.flatMap(({ platform }) => (platform ? [`${platform.os}/${platform.architecture}`] : []));
  return new KitError(`Cannot find image "${name}" for ${wanted} in the cache`, {
    hint: there.length > 0 ? `there is ${there.join(', ')}` : `kit cache pull ${name} brings it`,
  });
}

const bare = ({ mediaType, digest, size }: Descriptor): Descriptor => ({ mediaType, digest, size });

function described({ descriptor, platform }: CachedImage): Descriptor {
  const known = descriptor.platform ?? platform;
  return { ...bare(descriptor), ...(known && { platform: known }) };
}

/** What only the cache says of an image stays there. */
function withoutOurs({ annotations, ...rest }: Descriptor): Descriptor {
  const left = Object.entries(annotations ?? {}).filter(
    ([key]) => !key.startsWith('io.kit.') && key !== nameAnnotations[1],
  );
  return left.length > 0 ? { ...rest, annotations: Object.fromEntries(left) } : rest;
}
