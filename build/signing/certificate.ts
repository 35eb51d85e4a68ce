import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { Digest } from '../../lib/oci/types.ts';
import { readBundle } from './bundle.ts';
import type { Claim, FoundSignature } from './claim.ts';
import { claimOf, shownSignature } from './open-signature.ts';
import { readStatement } from './statement.ts';
import { parseStrictJson } from './strict-json.ts';

/** Who must have signed without a key, and whom the user trusts to say so. */
export interface CertificateSigner {
  readonly issuer: string;
  /** An e-mail address, or a URI. */
  readonly subject: string;
  /** Sigstore's trusted_root.json: its authorities and logs. */
  readonly trustRoot: Buffer;
  readonly shownRoot: string;
}

/**
 * The claim of a bundle that is signed by a certificate of Fulcio, with its entry of a transparency log: all
 * of them hold under the trust root, without a network. @throws KitError for any other
 */
export function openByCertificate(
  found: FoundSignature,
  { issuer, subject, trustRoot, shownRoot }: CertificateSigner,
  digests: readonly Digest[],
): Claim {
  const shown = shownSignature(found);
  if (found.form !== 'bundle')
    throw new KitError(`Cannot use "${shown}": it is no bundle with a certificate`);
  const { payload, signer } = readBundle(found.bytes, shown);
  if (signer !== 'certificate') throw new KitError(`Cannot use "${shown}": it is signed by a key`);
  const verifier = new Verifier(toTrustMaterial(readRoot(trustRoot, shownRoot)));
  let name: string | undefined;
  try {
    const entity = toSignedEntity(bundleFromJSON(JSON.parse(found.bytes.toString())));
    name = verifier.verify(entity, { extensions: { issuer } }).identity?.subjectAlternativeName;
  } catch (thrown) {
    throw new KitError(`Cannot use "${shown}": ${reasonOf(thrown).slice(0, 300)}`, { cause: thrown });
  }
  // The library would take a subject as a regular expression.
  if (name !== subject) throw new KitError(`Cannot use "${shown}": its certificate is of "${name}"`);
  return claimOf(readStatement(payload, shown), digests, shown);
}

function readRoot(bytes: Buffer, shown: string): TrustedRoot {
  parseStrictJson(bytes, shown, bytes.length);
  try {
    return TrustedRoot.fromJSON(JSON.parse(bytes.toString()));
  } catch (thrown) {
    throw new KitError(`Cannot read trust root "${shown}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}
