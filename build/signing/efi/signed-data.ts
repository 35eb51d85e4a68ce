import { createHash, type KeyObject, sign, type X509Certificate } from 'node:crypto';
import { contentsOf, type DerValue, readDer, readValue, valuesIn } from '../../binary/der/read.ts';
import { context, octets, sequence, setOf, unsigned } from '../../binary/der/write.ts';
import { ids, rsaAlgorithm, sha256Algorithm } from './identifiers.ts';

/** What signs: an RSA key, and the certificate of it that firmware knows. */
export interface EfiSigner {
  readonly key: KeyObject;
  readonly certificate: X509Certificate;
}

/**
 * SignedData (PKCS#7, RFC 2315) around a value of its own type, as Authenticode has it. It names no time, so
 * the same input has the same signature.
 * @param type an object identifier @param value whole, in DER
 */
export function signValue(type: Buffer, value: Buffer, signer: EfiSigner): Buffer {
  // Of the contents alone: in PKCS#7 tag and length are left out.
  const digest = createHash('sha256').update(readValue(value).body).digest();
  const attributes = [
    sequence(ids.contentType, setOf(type)),
    sequence(ids.messageDigest, setOf(octets(digest))),
  ];
  const signature = sign('sha256', setOf(...attributes), signer.key);
  const signed = context(0, ...attributes.toSorted((a, b) => Buffer.compare(a, b)));
  return signedData(sequence(type, context(0, value)), [signed], signature, signer);
}

/** SignedData without the data and without attributes: `bytes` themselves are signed, as UEFI wants it. */
export const signDetached = (bytes: Uint8Array, signer: EfiSigner): Buffer =>
  signedData(sequence(ids.data), [], sign('sha256', bytes, signer.key), signer);

function signedData(
  content: Buffer,
  attributes: readonly Buffer[],
  signature: Buffer,
  { certificate }: EfiSigner,
): Buffer {
  const one = unsigned(Buffer.from([1]));
  const signerInfo = sequence(
    one,
    issuerAndSerial(certificate.raw),
    sha256Algorithm,
    ...attributes,
    rsaAlgorithm,
    octets(signature),
  );
  return sequence(one, setOf(sha256Algorithm), content, context(0, certificate.raw), setOf(signerInfo));
}

/** ContentInfo around SignedData. */
export const contentInfo = (value: Buffer): Buffer => sequence(ids.signedData, context(0, value));

/** By which a signature names its certificate. @throws RangeError for bytes that are no certificate */
export function issuerAndSerial(certificate: Buffer): Buffer {
  const [body] = valuesIn(readDer(certificate)[0], 0x30);
  const fields = valuesIn(body, 0x30);
  // The version, [0], is left out in the first one.
  const [serial, , issuer] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  contentsOf(serial, 0x02);
  contentsOf(issuer, 0x30);
  return sequence((issuer as DerValue).whole, (serial as DerValue).whole);
}
