import { type KeyObject, sign } from 'node:crypto';
import { KitError } from '../../lib/errors/errors.ts';
import { digest } from '../../lib/oci/read.ts';
import { fromBase64 } from './base64.ts';
import { keysText } from './bundle.ts';
import type { Claim } from './claim.ts';
import { isSignedBy, type VerifyKey } from './public-key.ts';
import { parseStrictJson } from './strict-json.ts';

/*
 * cosign's own form (cosign, specs/SIGNATURE_SPEC.md): a payload of Red Hat's simple signing
 * (containers-signature(5)) as a layer, and its signature in an annotation of that layer.
 */

export const simpleSigningType = 'application/vnd.dev.cosign.simplesigning.v1+json';
export const signatureAnnotation = 'dev.cosignproject.cosign/signature';
const criticalType = 'cosign container image signature';

/** A payload and its signature in base64. */
export function simpleSign(claim: Claim, key: KeyObject): { payload: Buffer; signature: string } {
  const critical = {
    identity: { 'docker-reference': claim.name ?? '' },
    image: { 'docker-manifest-digest': claim.digest },
    type: criticalType,
  };
  const payload = Buffer.from(JSON.stringify({ critical, optional: null }));
  return { payload, signature: sign('sha256', payload, { key, dsaEncoding: 'der' }).toString('base64') };
}

/** Bytes of a payload: names, digests, and annotations of the signer. */
export const simpleSigningLimit = 1 << 20;

/** The claim of a payload that one of the keys has signed. @throws KitError for any other */
export function openSimpleSigning(
  payload: Uint8Array,
  signature: string,
  keys: readonly VerifyKey[],
  shown: string,
): Claim {
  const bytes = fromBase64(signature);
  if (!bytes) throw new KitError(`Cannot use "${shown}": its signature is not base64`);
  if (!keys.some((key) => isSignedBy(key, payload, bytes))) {
    throw new KitError(`Cannot use "${shown}": it is not signed by ${keysText(keys)}`);
  }
  return readSimpleSigning(payload, shown);
}

/** @throws KitError for a payload of another type, or with more that is critical */
export function readSimpleSigning(payload: Uint8Array, shown: string): Claim {
  const critical = parseStrictJson(payload, shown, simpleSigningLimit).field('critical');
  const type = critical.field('type');
  if (type.text() !== criticalType) throw type.wrong(`"${criticalType}"`);
  const unknown = Object.keys(critical.fields()).find((key) => !['identity', 'image', 'type'].includes(key));
  if (unknown !== undefined) {
    throw new KitError(`Cannot use "${shown}": it has "${unknown}", which is critical and not known`);
  }
  const name = critical.field('identity').field('docker-reference').text();
  return { digest: digest(critical.field('image').field('docker-manifest-digest')), name: name || undefined };
}
