import { KitError } from '../../lib/errors/errors.ts';
import { walkIndex } from '../../lib/oci/index-walk.ts';
import { type Digest, isIndexType, isManifestType, type Platform } from '../../lib/oci/types.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { Subject } from './attach.ts';

/** What a registry has under a name. */
export interface NamedSubjects {
  /** The name without a digest, which signatures name: `ghcr.io/me/web:1`. */
  readonly signedName: string;
  /** What the name stands for, and then, if it is an index and they were asked for, all that is in it. */
  readonly subjects: readonly [PlatformSubject, ...PlatformSubject[]];
}

/** A subject; with its platform where an index says it. */
export interface PlatformSubject extends Subject {
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * @param digest that it must have, where that is known: a tag may move
 * @param depth `own`: without what is in an index, none of which is read then
 * @throws KitError for what is no image, RegistryError
 */
export async function subjectsOf(
  reference: Reference,
  digest: Digest | undefined,
  depth: 'own' | 'all',
  client: RegistryClient,
): Promise<NamedSubjects> {
  const name = formatReference(reference);
  const { registry, repository, tag } = reference;
  const pinned = digest === undefined ? reference : { registry, repository, digest };
  const { mediaType, size, digest: found, bytes } = await client.manifest(pinned);
  if (!isIndexType(mediaType) && !isManifestType(mediaType)) {
    throw new KitError(`Cannot sign "${name}": it is of type "${mediaType}", which is not an image`);
  }
  const signedName = `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}`;
  const own = { registry, repository, mediaType, digest: found, size };
  if (depth === 'own' || !isIndexType(mediaType)) return { signedName, subjects: [own] };
  const read = async (one: { digest: Digest }): Promise<Buffer> =>
    one.digest === found
      ? bytes
      : (await client.manifest({ registry, repository, digest: one.digest })).bytes;
  const { manifests, indexes } = await walkIndex({ mediaType, digest: found, size }, read, name);
  const below = [...indexes.slice(1), ...manifests].map((one) => ({ ...one, registry, repository }));
  return { signedName, subjects: [own, ...below] };
}
