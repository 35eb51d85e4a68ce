import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { Digest } from '../../lib/oci/types.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { failureOf } from '../registry/registry-error.ts';
import type { FoundSignature } from '../signing/claim.ts';
import { openSignature } from '../signing/open-signature.ts';
import type { VerifyKey } from '../signing/public-key.ts';
import type { Work } from '../work.ts';
import { readSignatures } from './read-signatures.ts';

/** The signatures of an image in its registry. */
export interface ListedSignatures {
  readonly image: string;
  readonly digest: Digest;
  readonly signatures: readonly ListedSignature[];
  /** Why others were not read. */
  readonly skipped: readonly string[];
}

export interface ListedSignature {
  readonly form: FoundSignature['form'];
  /** Of its blob. */
  readonly digest: Digest;
  /** The name that was signed; null where there is none, or the signature was not checked. */
  readonly name: string | null;
  /** The key that made it; null if none of the given ones did. */
  readonly signedBy: string | null;
  /** Why it does not hold; null where it does, and where no keys were given. */
  readonly reason: string | null;
}

/** @param keys to check them with; none only lists them @throws KitError */
export async function listSignatures(
  reference: Reference,
  keys: readonly VerifyKey[],
  client: RegistryClient,
  work: Work,
): Promise<ListedSignatures> {
  const image = formatReference(reference);
  try {
    const { digest } = await client.manifest(reference);
    const { found, skipped } = await readSignatures(reference, digest, client, work);
    return { image, digest, signatures: found.map((one) => listed(one, keys, digest)), skipped };
  } catch (thrown) {
    throw failureOf(`Cannot read the signatures of "${image}"`, thrown);
  }
}

function listed(found: FoundSignature, keys: readonly VerifyKey[], digest: Digest): ListedSignature {
  const { form, digest: own } = found;
  let reason: string | null = null;
  for (const key of keys) {
    try {
      const { name = null } = openSignature(found, [key], [digest]);
      return { form, digest: own, name, signedBy: key.shown, reason: null };
    } catch (thrown) {
      if (!(thrown instanceof KitError)) throw thrown;
      reason = reasonOf(thrown).replace(/^Cannot (?:use|read) "[^"]+": /, '');
    }
  }
  return { form, digest: own, name: null, signedBy: null, reason };
}
