import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { field, u32, u64 } from '../encoding.ts';
import { certificateName, type KeyType, signaturesOf } from '../keys/algorithms.ts';

/** A key pair that signs as clients and authorities do. */
export interface Signer {
  readonly type: KeyType;
  /** Its fields after the type, which certificates have, too. */
  readonly fields: Buffer;
  readonly blob: Buffer;
  /** A signature in SSH's encoding. @param flags of a FIDO key: 1 touched, 4 verified */
  sign(data: Buffer, flags?: number): Buffer;
}

/** @param application of a FIDO key */
export function makeSigner(type: KeyType, application = 'ssh:'): Signer {
  const plain = type.replace(/^sk-|@openssh\.com$/g, '');
  const { privateKey, publicKey } = generate(plain);
  const isFido = type.startsWith('sk-');
  const fields = Buffer.concat([publicFields(plain, publicKey), ...(isFido ? [field(application)] : [])]);
  const signRaw = (data: Buffer, name: string): Buffer => rawSignature(plain, name, data, privateKey);
  return {
    type,
    fields,
    blob: Buffer.concat([field(type), fields]),
    sign(data, flags = 1) {
      const [name = ''] = signaturesOf(type);
      if (!isFido) return Buffer.concat([field(name), field(signRaw(data, name))]);
      const tail = Buffer.concat([Buffer.of(flags), u32(7)]);
      const signed = Buffer.concat([sha256(application), tail, sha256(data)]);
      return Buffer.concat([field(name), field(signRaw(signed, name)), tail]);
    },
  };
}

/** The line of an authorized_keys file. */
export const lineOf = ({ type, blob }: Pick<Signer, 'blob'> & { readonly type: string }): string =>
  `${type} ${blob.toString('base64')}`;

export interface CertificateParts {
  readonly kind?: number;
  readonly principals?: readonly string[];
  readonly after?: bigint;
  readonly before?: bigint;
  readonly critical?: Readonly<Record<string, Buffer>>;
  readonly extensions?: readonly string[];
}

/** A certificate for `subject`, signed by `authority`. */
export function certify(subject: Signer, authority: Signer, parts: CertificateParts = {}): Buffer {
  const { kind = 1, principals = ['root'], after = 0n, before = 0xffffffffffffffffn } = parts;
  const { critical = {}, extensions = ['permit-port-forwarding', 'permit-pty'] } = parts;
  const pairs = (all: readonly (readonly [string, Buffer])[]): Buffer =>
    Buffer.concat(all.flatMap(([name, data]) => [field(name), field(data)]));
  const body = Buffer.concat([
    ...[field(certificateName(subject.type)), field('nonce'), subject.fields],
    ...[u64(42), u32(kind), field('me@there'), field(Buffer.concat(principals.map(field)))],
    ...[u64(after), u64(before), field(pairs(Object.entries(critical)))],
    field(pairs(extensions.map((name) => [name, Buffer.alloc(0)]))),
    ...[field(''), field(authority.blob)],
  ]);
  return Buffer.concat([body, field(authority.sign(body))]);
}

function generate(plain: string) {
  if (plain === 'ssh-ed25519') return generateKeyPairSync('ed25519');
  if (plain === 'ssh-rsa') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ec', { namedCurve: plain.replace('ecdsa-sha2-nistp', 'P-') });
}

function publicFields(plain: string, key: KeyObject): Buffer {
  const { x = '', y = '', n = '', e = '' } = key.export({ format: 'jwk' });
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
  if (plain === 'ssh-ed25519') return field(bytes(x));
  if (plain === 'ssh-rsa') return Buffer.concat([mpint(bytes(e)), mpint(bytes(n))]);
  const point = Buffer.concat([Buffer.of(4), bytes(x), bytes(y)]);
  return Buffer.concat([field(plain.replace('ecdsa-sha2-', '')), field(point)]);
}

function rawSignature(plain: string, name: string, data: Buffer, key: KeyObject): Buffer {
  if (plain === 'ssh-ed25519') return sign(null, data, key);
  if (plain === 'ssh-rsa') return sign(name === 'rsa-sha2-256' ? 'sha256' : 'sha512', data, key);
  const hash = { '256': 'sha256', '384': 'sha384', '521': 'sha512' }[plain.slice(-3)];
  const pair = sign(hash, data, { key, dsaEncoding: 'ieee-p1363' });
  const half = pair.length / 2;
  return Buffer.concat([mpint(pair.subarray(0, half)), mpint(pair.subarray(half))]);
}

function mpint(number: Buffer): Buffer {
  const start = number.findIndex((byte) => byte !== 0);
  const digits = number.subarray(start);
  return field((digits[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

function sha256(data: Buffer | string): Buffer {
  return createHash('sha256').update(data).digest();
}
