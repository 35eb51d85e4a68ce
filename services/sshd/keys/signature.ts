import { createHash, verify } from 'node:crypto';
import { FieldReader, MalformedPacket, u32 } from '../encoding.ts';
import { type KeyType, signaturesOf } from './algorithms.ts';
import type { PublicKey } from './public-key.ts';

/** A signature that is right. */
export interface Verified {
  /** What a FIDO key says of the person; undefined for other keys, which say nothing. */
  readonly person: { readonly touched: boolean; readonly verified: boolean } | undefined;
}

/** Bits of the flags of a FIDO signature (WebAuthn section 6.1): user present, user verified. */
const touched = 0x01;
const checked = 0x04;

/**
 * Verifies a signature in SSH's encoding: the name of its algorithm, then a string, and for a FIDO key flags
 * and a counter (PROTOCOL.u2f).
 * @param names the algorithms that it may have
 * @returns undefined when it is wrong, of another algorithm, or malformed
 */
export function verifySignature(
  key: PublicKey,
  data: Buffer,
  signature: Buffer,
  names: readonly string[] = signaturesOf(key.type),
): Verified | undefined {
  try {
    return verified(key, data, new FieldReader(signature), names);
  } catch (error) {
    if (error instanceof MalformedPacket) return undefined;
    throw error;
  }
}

function verified(
  { type, key, application, bits }: PublicKey,
  data: Buffer,
  fields: FieldReader,
  names: readonly string[],
): Verified | undefined {
  const name = fields.text();
  if (!names.includes(name)) return undefined;
  const raw = fields.bytes();
  const flags = application ? fields.u8() : 0;
  const signed = application ? sha256(application, Buffer.of(flags), u32(fields.u32()), sha256(data)) : data;
  if (fields.left > 0) return undefined;
  const { hash, encode } = forms[name === 'rsa-sha2-256' ? name : type];
  const right = verify(hash, signed, { key, dsaEncoding: 'ieee-p1363' }, encode(raw, bits));
  if (!right) return undefined;
  return {
    person: application && { touched: (flags & touched) !== 0, verified: (flags & checked) !== 0 },
  };
}

/** Not a hash of the application alone: what a FIDO key signs is the hash, the rest as it is. */
function sha256(...[first = Buffer.alloc(0), ...rest]: readonly Buffer[]): Buffer {
  return Buffer.concat([createHash('sha256').update(first).digest(), ...rest]);
}

interface Form {
  readonly hash: 'sha256' | 'sha384' | 'sha512' | null;
  /** From SSH's encoding to that of OpenSSL. */
  readonly encode: (raw: Buffer, bits: number) => Buffer;
}

const forms: Readonly<Record<KeyType | 'rsa-sha2-256', Form>> = {
  'ssh-ed25519': { hash: null, encode: (raw) => raw },
  'sk-ssh-ed25519@openssh.com': { hash: null, encode: (raw) => raw },
  'ecdsa-sha2-nistp256': { hash: 'sha256', encode: (raw) => points(raw, 32) },
  'ecdsa-sha2-nistp384': { hash: 'sha384', encode: (raw) => points(raw, 48) },
  'ecdsa-sha2-nistp521': { hash: 'sha512', encode: (raw) => points(raw, 66) },
  'sk-ecdsa-sha2-nistp256@openssh.com': { hash: 'sha256', encode: (raw) => points(raw, 32) },
  'ssh-rsa': { hash: 'sha512', encode: padded },
  'rsa-sha2-256': { hash: 'sha256', encode: padded },
};

/** Two numbers (RFC 5656 section 3.1.2) as two fields of the same length. */
function points(raw: Buffer, size: number): Buffer {
  const fields = new FieldReader(raw);
  const numbers = [fields.mpint(), fields.mpint()];
  if (fields.left > 0 || numbers.some(({ length }) => length > size))
    throw new MalformedPacket('not a signature of its curve');
  return Buffer.concat(numbers.map((number) => leftPadded(number, size)));
}

/** Some clients leave out the zero bytes at the beginning of an RSA signature. */
function padded(raw: Buffer, bits: number): Buffer {
  const size = Math.ceil(bits / 8);
  return raw.length < size ? leftPadded(raw, size) : raw;
}

function leftPadded(number: Buffer, size: number): Buffer {
  return Buffer.concat([Buffer.alloc(size - number.length), number]);
}
