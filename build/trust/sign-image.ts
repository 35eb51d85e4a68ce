import type { KeyObject } from 'node:crypto';
import type { Digest } from '../../lib/oci/types.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { failureOf } from '../registry/registry-error.ts';
import { signBundle } from '../signing/bundle.ts';
import { simpleSign } from '../signing/simple-signing.ts';
import { signaturePredicate } from '../signing/statement.ts';
import type { Work } from '../work.ts';
import { attachBundle, attachSimpleSigning, type Subject } from './attach.ts';
import { subjectsOf } from './subjects.ts';

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
    const depth = options.recursive ? 'all' : 'own';
    const { signedName, subjects } = await subjectsOf(reference, digest, depth, client);
    for (const subject of subjects) await signSubject(subject, signedName, options, client, work);
    return subjects.map((subject) => ({ name, digest: subject.digest }));
  } catch (thrown) {
    throw failureOf(`Cannot sign "${name}"`, thrown);
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
