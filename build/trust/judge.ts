import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { Digest } from '../../lib/oci/types.ts';
import { identityText, isIdentity } from '../policy/identity.ts';
import type { Requirement, SignedByCertificate, SignedByKey } from '../policy/policy.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import { keysText } from '../signing/bundle.ts';
import type { Claim, FoundSignature } from '../signing/claim.ts';
import { openSignature, shownSignature } from '../signing/open-signature.ts';

/** An image, and the digests that stand for all of it: that of its manifest, and of an index with it. */
export interface SignedThing {
  readonly reference: Reference;
  readonly digests: readonly Digest[];
}

export type Signed = SignedByKey | SignedByCertificate;

export const isSigned = (requirement: Requirement): requirement is Signed =>
  requirement.kind === 'key' || requirement.kind === 'certificate';

/** Why none of the signatures fulfils the requirement, one sentence each; undefined if one does. */
export async function unfulfilled(
  requirement: Signed,
  found: readonly FoundSignature[],
  image: SignedThing,
): Promise<string[] | undefined> {
  const reasons: string[] = [];
  for (const signature of found) {
    try {
      const claim = await open(requirement, signature, image.digests);
      if (isIdentity(requirement.identity, image.reference, claim.name)) return undefined;
      const name = claim.name === undefined ? 'no name' : `"${claim.name.slice(0, 255)}"`;
      reasons.push(`${shownSignature(signature)} is for ${name}`);
    } catch (thrown) {
      if (!(thrown instanceof KitError)) throw thrown;
      reasons.push(reasonOf(thrown).replace(/^Cannot (?:use|read) "([^"]+)"/, '$1'));
    }
  }
  return reasons;
}

async function open(requirement: Signed, found: FoundSignature, digests: readonly Digest[]): Promise<Claim> {
  if (requirement.kind === 'key') return openSignature(found, requirement.keys, digests);
  // Loaded late: the libraries for certificates and transparency logs are large, and few have such rules.
  const { openByCertificate } = await import('../signing/certificate.ts');
  return openByCertificate(found, requirement, digests);
}

/** `signature by key "release.pub" for "ghcr.io/me/x"` */
export function wantedText(requirement: Signed, { reference }: SignedThing): string {
  const by =
    requirement.kind === 'key'
      ? keysText(requirement.keys)
      : `a certificate of "${requirement.subject}" from ${requirement.issuer}`;
  return `signature by ${by}${identityText(requirement.identity, reference)}`;
}

/** `"ghcr.io/me/x:1" (sha256:3f2a…)`, with the whole digest. */
export const imageText = ({ reference, digests }: SignedThing): string =>
  `"${formatReference(reference)}" (${digests[0]})`;
