import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { reasonOf } from '../errors/errors.ts';
import { algorithm, attribute, curveP256 } from './constants.ts';
import { sized, TpmError, TpmReader, u16, u32 } from './wire.ts';

/** A key of the TPM that others lie below, and for which secrets can be encrypted. */
export interface StorageKey {
  /** The algorithm and digest of its public area, by which commands are bound to it (part 1, 16). */
  readonly name: Buffer;
  /** The public area itself, TPMT_PUBLIC. */
  readonly area: Buffer;
  readonly key: KeyObject;
}

const { none, sha256, aes, cfb, ecc, rsa, keyedHash } = algorithm;

const storageAttributes =
  attribute.fixedTpm |
  attribute.fixedParent |
  attribute.sensitiveDataOrigin |
  attribute.userWithAuth |
  // Without it, every power cut after the key was used counts as a wrong password (part 1, 19.8.6).
  attribute.noDictionaryAttack |
  attribute.restricted |
  attribute.decrypt;

/**
 * The template of the storage key that every system agrees on: the same TPM always makes the same key of it
 * (TCG TPM v2.0 Provisioning Guidance, 7.5.1; ECC with NIST P-256).
 */
export const storageTemplate: Buffer = Buffer.concat([
  ...[u16(ecc), u16(sha256), u32(storageAttributes), sized()],
  ...[u16(aes), u16(128), u16(cfb), u16(none), u16(curveP256), u16(none)],
  ...[sized(Buffer.alloc(32)), sized(Buffer.alloc(32))],
]);

/** The public area of data that only its own TPM gives back, to whoever asks that TPM. */
export const sealedTemplate: Buffer = Buffer.concat([
  ...[u16(keyedHash), u16(sha256)],
  u32(attribute.fixedTpm | attribute.fixedParent | attribute.noDictionaryAttack),
  // The digest of a policy without any condition.
  ...[sized(Buffer.alloc(32)), u16(none), sized()],
]);

/**
 * Reads the public area of a storage key (part 2, 12.2.4): one of ECC with NIST P-256, or of RSA.
 * @throws TpmError for keys of other kinds
 */
export function parseStorageKey(area: Buffer): StorageKey {
  const reader = new TpmReader(area);
  const [type, nameAlgorithm] = [reader.u16(), reader.u16()];
  const attributes = reader.u32();
  reader.sized();
  const symmetric = reader.u16();
  const mode = symmetric === aes ? reader.take(4) : undefined;
  const scheme = reader.u16();
  const isStorage = (attributes & attribute.restricted) !== 0 && (attributes & attribute.decrypt) !== 0;
  if (nameAlgorithm !== sha256 || !isStorage || !mode || scheme !== none)
    throw new TpmError('the storage key of the TPM is of a kind that kit does not use');
  const key = publicKey(type, reader);
  reader.end();
  return { name: nameOf(area), area, key };
}

/** Of an object whose algorithm for names is SHA-256. */
const nameOf = (area: Buffer): Buffer =>
  Buffer.concat([u16(sha256), createHash('sha256').update(area).digest()]);

function publicKey(type: number, reader: TpmReader): KeyObject {
  if (type === ecc && reader.u16() === curveP256 && reader.u16() === none) {
    const [x, y] = [reader.sized(), reader.sized()].map((one) => coordinate(one).toString('base64url'));
    return keyOf({ kty: 'EC', crv: 'P-256', x, y });
  }
  if (type === rsa) {
    reader.u16();
    const exponent = u32(reader.u32() || 65_537).toString('base64url');
    return keyOf({ kty: 'RSA', n: reader.sized().toString('base64url'), e: exponent });
  }
  throw new TpmError('the storage key of the TPM is of a kind that kit does not use');
}

function keyOf(jwk: { readonly kty: string; readonly [field: string]: string | undefined }): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch (thrown) {
    throw new TpmError(`the storage key of the TPM is damaged: ${reasonOf(thrown)}`);
  }
}

/** With the zeros in front that a TPM may leave out. */
export function coordinate(bytes: Buffer): Buffer {
  if (bytes.length > 32) throw new TpmError('the storage key of the TPM is of a kind that kit does not use');
  return Buffer.concat([Buffer.alloc(32 - bytes.length), bytes]);
}
