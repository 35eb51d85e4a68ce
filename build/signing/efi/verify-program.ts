import { createHash, verify, type X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { contentsOf, type DerValue, readValue, valuesIn } from '../../binary/der/read.ts';
import { setOf } from '../../binary/der/write.ts';
import { authenticodePlaces, hashedRanges, readCertificateTable } from '../../binary/pe/authenticode.ts';
import { type Piece, slicePieces } from '../../pieces/piece.ts';
import { hashPieces, readAll } from '../../pieces/read-pieces.ts';
import { ids } from './identifiers.ts';
import { efiHeadBytes } from './sign-program.ts';
import { issuerAndSerial } from './signed-data.ts';

/** Bytes of a table of certificates, at most. */
const tableLimit = 1 << 20;

/**
 * Checks an EFI program as firmware with Secure Boot does: one of its signatures is by one of these
 * certificates itself, and of the program's very bytes. Chains of certificates are not followed.
 * @returns the certificate that it is by
 * @throws KitError that says what is wrong with the last signature
 */
export async function verifyProgram(
  path: string,
  certificates: readonly X509Certificate[],
): Promise<X509Certificate> {
  const cannot = (why: string): KitError => new KitError(`Cannot start "${path}" with Secure Boot: ${why}`);
  const { size } = statSync(path);
  const file: Piece[] = [{ file: path, bytes: size }];
  const places = authenticodePlaces(await readAll(slicePieces(file, 0, efiHeadBytes)), path);
  const { start, bytes } = places.table;
  if (bytes === 0) throw cannot('it is not signed');
  // Firmware hashes nothing behind the table: there is nothing.
  if (bytes > tableLimit || start + bytes !== size) throw cannot('its signature is not at its end');
  const ranges = hashedRanges(places, start).flatMap(([from, to]) => slicePieces(file, from, to));
  const hash = await hashPieces(ranges);
  try {
    const table = await readAll(slicePieces(file, start, size));
    return checkAny(readCertificateTable(table), hash, certificates);
  } catch (thrown) {
    throw cannot(reasonOf(thrown));
  }
}

function checkAny(
  signatures: readonly Buffer[],
  hash: Buffer,
  certificates: readonly X509Certificate[],
): X509Certificate {
  let reason: unknown = new RangeError('it is not signed');
  for (const signature of signatures) {
    try {
      return checkSignature(signature, hash, certificates);
    } catch (thrown) {
      reason = thrown;
    }
  }
  throw reason;
}

/**
 * Checks one PKCS#7 value of Authenticode. @param hash of the program, by sha256
 * @returns the certificate that it is by
 * @throws RangeError for a value that is damaged, of another program, or by another certificate
 */
export function checkSignature(
  value: Buffer,
  hash: Buffer,
  certificates: readonly X509Certificate[],
): X509Certificate {
  const { content, attributes, signerName, signature } = readSigned(value);
  if (!hashIn(content).equals(hash)) throw new RangeError('its signature is for other bytes');
  const digest = createHash('sha256').update(content.body).digest();
  if (!digestOf(attributes).equals(digest)) throw new RangeError('its signature does not fit its contents');
  const certificate = certificates.find(({ raw }) => issuerAndSerial(raw).equals(signerName));
  if (!certificate) throw new RangeError('no certificate given is that of its signature');
  const signed = setOf(...attributes.map(({ whole }) => whole));
  if (!verify('sha256', signed, certificate.publicKey, signature))
    throw new RangeError('its signature is not by the key of its certificate');
  return certificate;
}

/** The sha256 in SpcIndirectDataContent. The link to a file beside it differs from signer to signer. */
function hashIn(content: DerValue): Buffer {
  const [data, digest] = valuesIn(content, 0x30);
  if (!valuesIn(data, 0x30)[0]?.whole.equals(ids.peImageData))
    throw new RangeError('its signature is not of a program');
  const [algorithm, hash] = valuesIn(digest, 0x30);
  if (!valuesIn(algorithm, 0x30)[0]?.whole.equals(ids.sha256))
    throw new RangeError('its hash is not SHA-256');
  return contentsOf(hash, 0x04);
}

interface Signed {
  /** SpcIndirectDataContent. */
  readonly content: DerValue;
  readonly attributes: readonly DerValue[];
  readonly signerName: Buffer;
  readonly signature: Buffer;
}

/** ContentInfo, SignedData and its first SignerInfo (RFC 2315, 7, 9). */
function readSigned(value: Buffer): Signed {
  const [type, wrapped] = valuesIn(readValue(value), 0x30);
  if (!type?.whole.equals(ids.signedData)) throw new RangeError('its signature is no SignedData');
  const fields = valuesIn(valuesIn(wrapped, 0xa0)[0], 0x30);
  const [contentType, content] = valuesIn(fields[2], 0x30);
  if (!contentType?.whole.equals(ids.indirectData)) throw new RangeError('its signature is not of a program');
  const [info] = valuesIn(
    fields.findLast(({ tag }) => tag === 0x31),
    0x31,
  );
  const [, signerName, , attributes, , signature] = valuesIn(info, 0x30);
  const [inner] = valuesIn(content, 0xa0);
  contentsOf(inner, 0x30);
  contentsOf(signerName, 0x30);
  return {
    content: inner as DerValue,
    attributes: valuesIn(attributes, 0xa0),
    signerName: (signerName as DerValue).whole,
    signature: contentsOf(signature, 0x04),
  };
}

function digestOf(attributes: readonly DerValue[]): Buffer {
  const found = attributes
    .map((value) => valuesIn(value, 0x30))
    .find(([id]) => id?.whole.equals(ids.messageDigest));
  return contentsOf(valuesIn(found?.[1], 0x31)[0], 0x04);
}
