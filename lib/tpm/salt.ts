import {
  constants,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { kdfe } from './key-derivation.ts';
import { sized } from './wire.ts';

/** A secret, and the form in which only the TPM that has the private key can read it. */
export interface Salt {
  readonly secret: Buffer;
  /** The content of a TPM2B_ENCRYPTED_SECRET. */
  readonly encrypted: Buffer;
}

/** Part 1, B.10.2 for RSA and C.6.1 for ECC. */
export const saltFor = (key: KeyObject): Salt =>
  key.asymmetricKeyType === 'rsa' ? saltByRsa(key) : saltByEcc(key);

function saltByRsa(key: KeyObject): Salt {
  const secret = randomBytes(32);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const options = { key, padding, oaepHash: 'sha256', oaepLabel: Buffer.from('SECRET\0') };
  return { secret, encrypted: publicEncrypt(options, secret) };
}

function saltByEcc(key: KeyObject): Salt {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [ours, theirs] = [pointOf(own.publicKey), pointOf(key)];
  const shared = diffieHellman({ privateKey: own.privateKey, publicKey: key });
  return {
    secret: kdfe(shared, 'SECRET', [ours.x, theirs.x]),
    encrypted: Buffer.concat([sized(ours.x), sized(ours.y)]),
  };
}

function pointOf(key: KeyObject): { readonly x: Buffer; readonly y: Buffer } {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
}
