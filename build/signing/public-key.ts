import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';

/** A key that signatures are checked with: ECDSA on P-256, as cosign makes it. */
export interface VerifyKey {
  readonly key: KeyObject;
  /** The sha256 of its SubjectPublicKeyInfo in base64: the `hint` of bundles. */
  readonly hint: string;
  /** What messages call it: the path of its file as it was written. */
  readonly shown: string;
}

/** Bytes of a file with a key; those of RSA with 16384 bits have 3 kB. */
export const keyFileLimit = 64 << 10;

/** A public key in PEM form (RFC 7468). @throws KitError for another type of key */
export function readPublicKey(pem: Uint8Array, shown: string): VerifyKey {
  const cannot = (why: string, hint?: string): KitError =>
    new KitError(`Cannot use public key "${shown}": ${why}`, { hint });
  const text = Buffer.from(pem).toString('latin1');
  if (text.length > keyFileLimit) throw cannot(`it has more than ${keyFileLimit} bytes`);
  if (text.includes('PRIVATE KEY-----'))
    throw cannot('it is a private key', 'name the file that ends in .pub');
  if (!/-----BEGIN PUBLIC KEY-----/.test(text)) throw cannot('it holds no "PUBLIC KEY" in PEM form');
  let key: KeyObject;
  try {
    key = createPublicKey(text);
  } catch (thrown) {
    throw cannot(`it is damaged: ${reasonOf(thrown)}`);
  }
  if (!isP256(key)) throw cannot(`it is of type ${typeOf(key)}, expected ECDSA on P-256`);
  return { key, hint: hintOf(key), shown };
}

export const isP256 = (key: KeyObject): boolean =>
  key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';

/** `ec (secp384r1)`, `rsa` */
export function typeOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  const curve = asymmetricKeyDetails?.namedCurve;
  return `${asymmetricKeyType ?? 'unknown'}${curve === undefined ? '' : ` (${curve})`}`;
}

/** @param key public, or private */
export function hintOf(key: KeyObject): string {
  const spki = (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64');
}

/** Whether this is the key's signature of these bytes: ECDSA with SHA-256, in DER. */
export function isSignedBy({ key }: VerifyKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify('sha256', bytes, { key, dsaEncoding: 'der' }, signature);
  } catch {
    return false;
  }
}
