import { createPublicKey, type JsonWebKeyInput, type KeyObject } from 'node:crypto';
import { FieldReader, MalformedPacket } from '../encoding.ts';
import { isKeyType, type KeyType } from './algorithms.ts';

type JsonWebKey = JsonWebKeyInput['key'];

/** A key that can verify signatures. */
export interface PublicKey {
  readonly type: KeyType;
  readonly key: KeyObject;
  /** Of an RSA key; 0 for others. */
  readonly bits: number;
  /** Of a FIDO key: for whom it was made, usually `ssh:`. */
  readonly application: Buffer | undefined;
}

/**
 * Parses a key blob (RFC 4253 section 6.6).
 * @throws MalformedPacket when it is no key, or has something after its end
 */
export function parsePublicKey(blob: Buffer): PublicKey {
  const fields = new FieldReader(blob);
  const type = fields.text();
  if (!isKeyType(type)) throw new MalformedPacket('unknown type of key');
  const key = readKey(type, fields);
  if (fields.left > 0) throw new MalformedPacket('bytes after the end of the key');
  return key;
}

/** Whether it is an RSA key of a size that can be broken. */
export const isShort = ({ type, bits }: PublicKey): boolean => type === 'ssh-rsa' && bits < 2048;

/** Reads the fields of a key after its type, which a certificate has, too. */
export function readKey(type: KeyType, fields: FieldReader): PublicKey {
  const jwk = jwkReaders[type](fields);
  const application = type.startsWith('sk-') ? fields.bytes() : undefined;
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return { type, key, application, bits: key.asymmetricKeyDetails?.modulusLength ?? 0 };
  } catch (cause) {
    throw new MalformedPacket('not a key of its type', { cause });
  }
}

const jwkReaders: Readonly<Record<KeyType, (fields: FieldReader) => JsonWebKey>> = {
  'ssh-ed25519': ed25519,
  'sk-ssh-ed25519@openssh.com': ed25519,
  'ecdsa-sha2-nistp256': (fields) => ecdsa(fields, 'nistp256', 'P-256', 32),
  'ecdsa-sha2-nistp384': (fields) => ecdsa(fields, 'nistp384', 'P-384', 48),
  'ecdsa-sha2-nistp521': (fields) => ecdsa(fields, 'nistp521', 'P-521', 66),
  'sk-ecdsa-sha2-nistp256@openssh.com': (fields) => ecdsa(fields, 'nistp256', 'P-256', 32),
  'ssh-rsa': (fields) => {
    const [e, n] = [fields.mpint(), fields.mpint()];
    return { kty: 'RSA', e: e.toString('base64url'), n: n.toString('base64url') };
  },
};

function ed25519(fields: FieldReader): JsonWebKey {
  const x = fields.bytes();
  if (x.length !== 32) throw new MalformedPacket('not an Ed25519 key');
  return { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') };
}

/** The point is uncompressed: 4, x, y (SEC 1 section 2.3.3). */
function ecdsa(fields: FieldReader, curve: string, crv: string, size: number): JsonWebKey {
  const [name, point] = [fields.text(), fields.bytes()];
  if (name !== curve || point[0] !== 4 || point.length !== 1 + 2 * size)
    throw new MalformedPacket('not a point of its curve');
  const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)];
  return { kty: 'EC', crv, x: x.toString('base64url'), y: y.toString('base64url') };
}
