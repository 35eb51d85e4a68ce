import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { passwordHint } from '../cosign-key.ts';
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

function readKey({ bytes, shown }: NamedBytes, passphrase: string | undefined): KeyObject {
  const cannot = (why: string, hint?: string): KitError =>
    new KitError(`Cannot read key "${shown}": ${why}`, { hint });
  const text = Buffer.from(bytes).toString('latin1');
  if (text.length > keyFileLimit) throw cannot(`it has more than ${keyFileLimit} bytes`);
  if (!text.includes('PRIVATE KEY-----')) throw cannot('it holds no private key in PEM form', makeHint);
  const isEncrypted = /BEGIN ENCRYPTED PRIVATE|Proc-Type: 4,ENCRYPTED/.test(text);
  if (isEncrypted && passphrase === undefined) throw cannot('it has a password', passwordHint);
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: text, ...(passphrase !== undefined && { passphrase }) });
  } catch (thrown) {
    const isWrong = /BAD_DECRYPT|BAD_PASSWORD|MISSING_PASSPHRASE/.test(codeOf(thrown) ?? '');
    throw isWrong ? cannot('the password is wrong', passwordHint) : cannot(reasonOf(thrown));
  }
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
