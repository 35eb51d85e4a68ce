import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { type Envelope, preAuthEncoding, statementType } from '../../signing/envelope.ts';
import { isP256 } from '../../signing/public-key.ts';

/** Signs a statement with Ed25519, or with ECDSA and SHA-256. */
export function signStatement(statement: object, key: KeyObject): Envelope {
  const payload = Buffer.from(JSON.stringify(statement));
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  const signature = sign(algorithm, preAuthEncoding(statementType, payload), key);
  return {
    payload: payload.toString('base64'),
    payloadType: statementType,
    signatures: [{ keyid: keyId(key), sig: signature.toString('base64') }],
  };
}

/** The sha256 of the public key (SubjectPublicKeyInfo), which says which key to try, and proves nothing. */
function keyId(key: KeyObject): string {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex');
}

/** @throws KitError for a file that is no private key, or one of another type */
export async function readSigningKey(path: string, shown: string): Promise<KeyObject> {
  let key: KeyObject;
  try {
    key = createPrivateKey(await readFile(path));
  } catch (thrown) {
    const code = codeOf(thrown);
    const isEncrypted =
      code === 'ERR_MISSING_PASSPHRASE' || code === 'ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED';
    const reason = isEncrypted
      ? 'it has a passphrase'
      : code === 'ENOENT'
        ? 'no such file'
        : reasonOf(thrown);
    throw new KitError(`Cannot read key "${shown}": ${reason}`, { hint: keyHint, cause: thrown });
  }
  if (key.asymmetricKeyType === 'ed25519' || isP256(key)) return key;
  throw new KitError(`Cannot sign with key "${shown}": it is of type ${key.asymmetricKeyType}`, {
    hint: keyHint,
  });
}

const keyHint = 'openssl genpkey -algorithm ed25519 -out key.pem makes one';
