import { KitError } from '../../lib/errors/errors.ts';
import type { Digest } from '../../lib/oci/types.ts';
import { openBundle } from './bundle.ts';
import type { Claim, FoundSignature } from './claim.ts';
import type { VerifyKey } from './public-key.ts';
import { openSimpleSigning } from './simple-signing.ts';
import { type ReadStatement, signaturePredicate } from './statement.ts';

/** What messages call it: `bundle sha256:3f2a…` */
export const shownSignature = ({ form, digest }: FoundSignature): string =>
  `${form === 'bundle' ? 'bundle' : 'signature'} ${digest.slice(0, 'sha256:'.length + 12)}`;

/**
 * What a signature claims about one of these digests, if one of the keys has made it.
 * @throws KitError that says why it proves nothing
 */
export function openSignature(
  found: FoundSignature,
  keys: readonly VerifyKey[],
  digests: readonly Digest[],
): Claim {
  const shown = shownSignature(found);
  if (found.form === 'bundle') return claimOf(openBundle(found.bytes, keys, shown), digests, shown);
  return aboutOne(openSimpleSigning(found.bytes, found.signature, keys, shown), digests, shown);
}

/** The claim of a statement that is a signature. @throws KitError for one about another image */
export function claimOf(statement: ReadStatement, digests: readonly Digest[], shown: string): Claim {
  const { predicateType } = statement;
  if (predicateType !== signaturePredicate) {
    throw new KitError(
      `Cannot use "${shown}": it is a statement of type "${predicateType}", not a signature`,
    );
  }
  return claimAbout(statement, digests, shown);
}

/** What a statement of any type is about. @throws KitError for one about another image */
export function claimAbout(
  { subjects }: Pick<ReadStatement, 'subjects'>,
  digests: readonly Digest[],
  shown: string,
): Claim {
  for (const { name, sha256 } of subjects) {
    const digest = digests.find((one) => one === `sha256:${sha256}`);
    if (digest) return { digest, name };
  }
  throw otherImage(shown, subjects[0]?.sha256);
}

function aboutOne(claim: Claim, digests: readonly Digest[], shown: string): Claim {
  if (digests.includes(claim.digest)) return claim;
  throw otherImage(shown, claim.digest.slice('sha256:'.length));
}

const otherImage = (shown: string, sha256 = ''): KitError =>
  new KitError(`Cannot use "${shown}": it is about another image, sha256:${sha256.slice(0, 64)}`);
