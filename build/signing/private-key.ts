import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { isCosignKey, openCosignKey, passwordHint, sealCosignKey } from './cosign-key.ts';
import { isP256, keyFileLimit, typeOf } from './public-key.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The password of encrypted keys; undefined where none is set. An empty one is one. */
export const keyPassword = (env: Env): string | undefined => env.KIT_KEY_PASSWORD ?? env.COSIGN_PASSWORD;

/**
 * A private key on P-256: PKCS#8 or SEC 1 in PEM form, encrypted or not, or cosign's own format.
 * @throws KitError for another type of key, and where the password is missing or wrong
 */
export function readPrivateKey(pem: Uint8Array, password: string | undefined, shown: string): KeyObject {
  const cannot = cannotRead(shown);
  const text = keyText(pem, makeHint, cannot);
  const key = isCosignKey(text) ? cosignKey(text, password, shown) : pemKey(text, password, cannot);
  if (isP256(key)) return key;
  throw cannot(`it is of type ${typeOf(key)}, expected ECDSA on P-256`, makeHint);
}

const makeHint = 'kit keys signing NAME makes a pair';

function cosignKey(text: string, password: string | undefined, shown: string): KeyObject {
  if (password === undefined) throw cannotRead(shown)('it has a password', passwordHint);
  return createPrivateKey({ key: openCosignKey(text, password, shown), format: 'der', type: 'pkcs8' });
}

/** The error for a key that cannot be read. */
export type CannotRead = (why: string, hint?: string) => KitError;

export const cannotRead =
  (shown: string): CannotRead =>
  (why, hint) =>
    new KitError(`Cannot read key "${shown}": ${why}`, { hint });

/** The text of a private key's file. @param makeHint how one is made @throws KitError for another file */
export function keyText(pem: Uint8Array, makeHint: string, cannot: CannotRead): string {
  const text = Buffer.from(pem).toString('latin1');
  if (text.length > keyFileLimit) throw cannot(`it has more than ${keyFileLimit} bytes`);
  if (!text.includes('PRIVATE KEY-----')) throw cannot('it holds no private key in PEM form', makeHint);
  return text;
}

/** The key of a text in PEM form, encrypted or not. @throws KitError for a missing or wrong password */
export function pemKey(text: string, passphrase: string | undefined, cannot: CannotRead): KeyObject {
  const isEncrypted = /BEGIN ENCRYPTED PRIVATE|Proc-Type: 4,ENCRYPTED/.test(text);
  if (isEncrypted && passphrase === undefined) throw cannot('it has a password', passwordHint);
  try {
    return createPrivateKey({ key: text, ...(passphrase !== undefined && { passphrase }) });
  } catch (thrown) {
    // OpenSSL notices a wrong password by the padding of what it decrypts, which one in 256 of them gets
    // right: then it is only the content that makes no sense.
    if (isEncrypted) throw cannot('the password is wrong, or the file is damaged', passwordHint);
    throw cannot(reasonOf(thrown));
  }
}

/** A new pair, in PEM form. */
export interface KeyPair {
  /** In cosign's format, encrypted, or PKCS#8 in the clear where there is no password. */
  readonly privatePem: string;
  readonly publicPem: string;
}

export function makeKeyPair(password: string | undefined): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  return {
    privatePem:
      password === undefined
        ? String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
        : sealCosignKey(pkcs8, password),
    publicPem: String(publicKey.export({ type: 'spki', format: 'pem' })),
  };
}
