import { type KeyObject, X509Certificate } from 'node:crypto';
import { KitError } from '../../../lib/errors/errors.ts';
import { cannotRead, keyText, pemKey } from '../private-key.ts';
import { keyFileLimit, typeOf } from '../public-key.ts';
import type { EfiSigner } from './signed-data.ts';

/** The contents of a file, and what messages call it. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  readonly shown: string;
}

const makeHint = 'kit keys secure-boot FOLDER makes keys and certificates';

/**
 * A signer of EFI programs: an RSA key in PEM form, PKCS#8 or PKCS#1, encrypted or not, and its certificate.
 * @throws KitError for another type of key, and for a certificate of another key
 */
export function readEfiSigner(
  key: NamedBytes,
  certificate: NamedBytes,
  password: string | undefined,
): EfiSigner {
  const signer = { key: readKey(key, password), certificate: readCertificate(certificate) };
  if (signer.certificate.checkPrivateKey(signer.key)) return signer;
  throw new KitError(`Cannot sign: "${certificate.shown}" is not the certificate of key "${key.shown}"`);
}

function readKey({ bytes, shown }: NamedBytes, password: string | undefined): KeyObject {
  const cannot = cannotRead(shown);
  const key = pemKey(keyText(bytes, makeHint, cannot), password, cannot);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa')
    throw cannot(`it is of type ${typeOf(key)}, and firmware takes RSA`, makeHint);
  if (bits < 2048) throw cannot(`it has ${bits} bits, and 2048 are the least`, makeHint);
  return key;
}

/** @throws KitError for bytes that are no certificate in PEM or DER form */
export function readCertificate({ bytes, shown }: NamedBytes): X509Certificate {
  const cannot = (why: string): KitError =>
    new KitError(`Cannot read certificate "${shown}": ${why}`, { hint: makeHint });
  if (bytes.length > keyFileLimit) throw cannot(`it has more than ${keyFileLimit} bytes`);
  try {
    return new X509Certificate(bytes);
  } catch {
    throw cannot('it is no certificate in PEM or DER form');
  }
}
