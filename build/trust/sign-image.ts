import type { KeyObject } from 'node:crypto';
import { KitError } from '../../lib/errors/errors.ts';
import { walkIndex } from '../../lib/oci/index-walk.ts';
import { type Digest, isIndexType, isManifestType } from '../../lib/oci/types.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/registry-error.ts';
import { signBundle } from '../signing/bundle.ts';
import { simpleSign } from '../signing/simple-signing.ts';
import { signaturePredicate } from '../signing/statement.ts';
import type { Work } from '../work.ts';
import { attachBundle, attachSimpleSigning, type Subject } from './attach.ts';

export interface SignOptions {
  readonly key: KeyObject;
  /** Also in cosign's own form. */
  readonly cosign: boolean;
  /** Also each image of an index. */
  readonly recursive: boolean;
}

/** An image that was signed. */
export interface SignedImage {
  readonly name: string;
  readonly digest: Digest;
}

/**
 * Signs what a registry has under this name, and attaches the signatures to it there.
 * @param digest that it must have, where that is known: a tag may move @throws KitError
 */
export async function signImage(
  reference: Reference,
  options: SignOptions,
  client: RegistryClient,
  work: Work,
  digest: Digest | undefined = reference.digest,
): Promise<SignedImage[]> {
  const name = formatReference(reference);
  try {
    const { registry, repository, tag } = reference;
    const pinned = digest === undefined ? reference : { registry, repository, digest };
    const { mediaType, size, digest: found, bytes } = await client.manifest(pinned);
    if (!isIndexType(mediaType) && !isManifestType(mediaType)) {
      throw new KitError(`Cannot sign "${name}": it is of type "${mediaType}", which is not an image`);
    }
    const signedName = `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}`;
    const subjects: Subject[] = [{ registry, repository, mediaType, digest: found, size }];
    if (options.recursive && isIndexType(mediaType)) {
      const read = async (one: { digest: Digest }) =>
        one.digest === found
          ? bytes
          : (await client.manifest({ registry, repository, digest: one.digest })).bytes;
      const { manifests, indexes } = await walkIndex({ mediaType, digest: found, size }, read, name);
      const below = [...indexes.slice(1), ...manifests].map((one) => ({
        ...{ registry, repository, mediaType: one.mediaType, digest: one.digest, size: one.size },
      }));
      subjects.push(...below);
    }
    for (const subject of subjects) await signSubject(subject, signedName, options, client, work);
    return subjects.map((subject) => ({ name, digest: subject.digest }));
  } catch (thrown) {
    if (!(thrown instanceof RegistryError)) throw thrown;
    throw new KitError(`Cannot sign "${name}": ${thrown.message}`, { hint: thrown.hint, cause: thrown });
  }
}

async function signSubject(
  subject: Subject,
  name: string,
  { key, cosign }: SignOptions,
  client: RegistryClient,
  work: Work,
): Promise<void> {
  const { digest } = subject;
  const bundle = signBundle({ name, digest, predicateType: signaturePredicate, predicate: {} }, key);
  await attachBundle(subject, bundle, signaturePredicate, client, work);
  if (cosign) await attachSimpleSigning(subject, simpleSign({ digest, name }, key), client, work);
}
