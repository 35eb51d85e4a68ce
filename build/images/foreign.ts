import { KitError } from '../../lib/errors/errors.ts';
import type { Descriptor } from '../../lib/oci/types.ts';
import { originAnnotation, registryOrigin } from '../cache/annotations.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { shortDigest } from '../layers/plain-layer.ts';
import { partAdvice } from '../parts/part-of.ts';
import type { ArchiveRef } from '../reference/archive-ref.ts';
import { cacheNames, type ForeignRef, type RegistryRef } from '../reference/image-ref.ts';
import { formatReference, type Reference, withDefaultTag } from '../reference/reference.ts';
import { clientOf } from '../registry/clients.ts';
import { dockerImage } from '../transfer/archives/docker-engine.ts';
import { type CompleteImage, completeImage, type FetchBlob } from '../transfer/complete-image.ts';
import { MissingBlobError } from '../transfer/missing-blob.ts';
import { fetchFrom, pullImage } from '../transfer/pull.ts';
import { unpackedImage } from '../transfer/unpacked-image.ts';
import { checkArchive } from '../trust/check-archive.ts';
import { type CheckManifest, manifestCheck } from '../trust/check-image.ts';
import { defaultSources, type Work } from '../work.ts';
import { archiveImage } from './archive-image.ts';
import { UnknownImageError } from './unknown-image.ts';

/**
 * Finds an image that is not a package: in an archive (`oci:…`), in Docker with `--docker`, in the cache, in
 * its registry; with `--pull` the registry comes first. Blobs that are damaged in the cache are fetched
 * again.
 * @throws UnknownImageError, KitError
 */
export async function foreignImage(ref: ForeignRef, work: Work): Promise<ResolvedImage> {
  await work.cache.hold();
  switch (ref.kind) {
    case 'archive':
      return ofArchive(ref, work);
    case 'registry':
      return ofRegistry(ref, work);
  }
}

async function ofRegistry(ref: RegistryRef, work: Work): Promise<ResolvedImage> {
  const reference = withDefaultTag(ref.name);
  const name = formatReference(reference);
  const sources = work.sources ?? defaultSources;
  const asksFirst = sources.pull && !sources.offline;
  const inDocker = sources.docker && !sources.pull && (await dockerImage(name, work));
  const stored = asksFirst ? undefined : await storedImage(ref, work);
  if (stored) return unpackedImage(stored.name, stored.image, work);
  if (inDocker)
    throw new UnknownImageError(ref, `Cannot use image "${name}" of Docker for ${work.arch}`, otherArch);
  if (sources.offline) {
    const message = `Cannot find image "${name}" for ${work.arch}: it is not in the cache`;
    const hints = ['--offline is set, so no registry was contacted', partAdvice(ref.text)];
    throw new UnknownImageError(ref, message, hints.filter((one) => one !== undefined).join('; '));
  }
  const image = await pullImage(reference, work.arch, clientOf(work), work).catch((thrown: unknown) => {
    throw thrown instanceof KitError ? withReference(ref, thrown) : thrown;
  });
  return unpackedImage(name, image, work);
}

const otherArch = 'it is for another architecture; --pull gets the image from its registry';

async function ofArchive(ref: ArchiveRef, work: Work): Promise<ResolvedImage> {
  const { cache } = work;
  const { text } = ref;
  checkArchive(ref, work);
  const name = await archiveImage(ref, work);
  const entry = (await cache.refs.get(name, work.arch)) ?? (await cache.refs.get(name));
  // A blob that is damaged in the cache is imported again.
  let imported: Promise<string> | undefined;
  const again: FetchBlob = async (blob, what) => {
    imported ??= archiveImage(ref, work, 'again');
    await imported;
    if (await cache.has(blob)) return;
    throw new MissingBlobError(`Cannot use image "${text}": ${what} is not in it: "${blob.digest}"`);
  };
  const image = entry && (await completeImage(cache, name, entry, work.arch, again, checked));
  if (image && !('platforms' in image)) return unpackedImage(name, image, work);
  const there = image?.platforms.join(', ');
  throw new UnknownImageError(
    ref,
    `Cannot find image "${text}" for ${work.arch}`,
    there && `the image is for ${there}`,
  );
}

/** An archive was checked as a whole. */
const checked: CheckManifest = async () => {};

/** Adds the reference to the error, so that callers can find its place in the manifest. */
function withReference(ref: RegistryRef, { message, hint, cause }: KitError): UnknownImageError {
  const further = partAdvice(ref.text) ?? searchHint;
  const hints = hint === undefined ? [further] : [hint, further];
  return new UnknownImageError(ref, message, hints.join('; '), cause);
}

const searchHint = 'the cache does not have it either; packages are named "pkg/name" or "./folder"';

interface Stored {
  readonly name: string;
  readonly image: CompleteImage;
}

/**
 * The image with this name, as written (`kit/sshd:3f2a…`) or in canonical form; undefined when the cache has
 * none.
 */
async function storedImage(ref: RegistryRef, work: Work): Promise<Stored | undefined> {
  const { cache } = work;
  const reference = withDefaultTag(ref.name);
  for (const name of cacheNames(ref)) {
    const entry = await cache.refs.get(name, work.arch);
    if (!entry) continue;
    const check = manifestCheck(reference, entry, work);
    const image = await completeImage(
      cache,
      name,
      entry,
      work.arch,
      repairing(name, entry, reference, work),
      check,
    );
    // Otherwise it is an index without this architecture: the tag may have moved since.
    if (!('platforms' in image)) return { name, image };
  }
  return undefined;
}

/**
 * Fetches missing and damaged blobs of an image that came from a registry; for other images, fails with a
 * hint.
 */
function repairing(name: string, entry: Descriptor, reference: Reference, work: Work): FetchBlob {
  const isRemote = entry.annotations?.[originAnnotation] === registryOrigin;
  const { offline } = work.sources ?? defaultSources;
  return async (blob, what) => {
    const lost = `${what} (blob ${shortDigest(blob.digest)}) of image "${name}" is missing or damaged in the cache`;
    if (!isRemote || offline) {
      throw new MissingBlobError(`Cannot use image "${name}": ${lost}`, {
        hint: isRemote
          ? 'without --offline, kit downloads it again'
          : `import the image again, or remove it: kit cache rm ${name}`,
      });
    }
    work.progress.line(`${lost[0]?.toUpperCase()}${lost.slice(1)}: downloading it again`);
    await fetchFrom(clientOf(work), reference, work)(blob, what);
  };
}
