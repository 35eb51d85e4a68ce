import { FieldReader, field, MalformedPacket } from '../encoding.ts';
import { certificateName, keyTypes } from './algorithms.ts';
import { isShort, type PublicKey, parsePublicKey, readKey } from './public-key.ts';
import { verifySignature } from './signature.ts';

/** A user's or host's key with what an authority says of it (PROTOCOL.certkeys of OpenSSH). */
export interface Certificate {
  /** `ssh-ed25519-cert-v01@openssh.com` */
  readonly type: string;
  readonly key: PublicKey;
  readonly serial: bigint;
  readonly kind: 'user' | 'host';
  /** What the authority calls it, for logs. */
  readonly id: string;
  readonly principals: readonly string[];
  /** Seconds since the epoch: valid from the first, until before the last. */
  readonly after: bigint;
  readonly before: bigint;
  /** What a server must refuse if it does not know it. */
  readonly criticalOptions: ReadonlyMap<string, Buffer>;
  /** What it allows; a server ignores those that it does not know. */
  readonly extensions: ReadonlyMap<string, Buffer>;
  /** The blob of the key alone, whose fingerprint ssh-keygen shows. */
  readonly keyBlob: Buffer;
  /** The blob of the authority's key, what it has signed, and how. */
  readonly authority: Buffer;
  readonly signed: Buffer;
  readonly signature: Buffer;
}

const typesByName = new Map(keyTypes.map((type) => [certificateName(type), type]));

export const isCertificateType = (name: string): boolean => typesByName.has(name);

/** Strings of one list; ssh-keygen writes at most 256 principals. */
const maxItems = 1024;

/** Parses a certificate, without regard to its signature. @throws MalformedPacket when it is none */
export function parseCertificate(blob: Buffer): Certificate {
  const fields = new FieldReader(blob);
  const type = fields.text();
  const keyType = typesByName.get(type);
  if (keyType === undefined) throw new MalformedPacket('unknown type of certificate');
  fields.bytes(); // nonce
  const keyStart = blob.length - fields.left;
  const key = readKey(keyType, fields);
  const keyBlob = Buffer.concat([field(keyType), blob.subarray(keyStart, blob.length - fields.left)]);
  const serial = fields.u64n();
  const kind = kindOf(fields.u32());
  const id = fields.text();
  const principals = readList(fields.bytes()).map(String);
  const [after, before] = [fields.u64n(), fields.u64n()];
  const [criticalOptions, extensions] = [readPairs(fields.bytes()), readPairs(fields.bytes())];
  fields.bytes(); // reserved
  const authority = fields.bytes();
  const signed = blob.subarray(0, blob.length - fields.left);
  const signature = fields.bytes();
  if (fields.left > 0) throw new MalformedPacket('bytes after the end of the certificate');
  return {
    ...{ type, key, keyBlob, serial, kind, id, principals, after, before, criticalOptions, extensions },
    ...{ authority, signed, signature },
  };
}

/**
 * Why a certificate is not its authority's. That must be a plain key: a certificate cannot sign another one.
 * @throws MalformedPacket when the authority is no key
 */
export function authorityFault({ authority, signed, signature }: Certificate): string | undefined {
  const key = parsePublicKey(authority);
  if (isShort(key)) return 'its authority has fewer than 2048 bits';
  return verifySignature(key, signed, signature) ? undefined : "its authority's signature is wrong";
}

function kindOf(number: number): Certificate['kind'] {
  if (number !== 1 && number !== 2) throw new MalformedPacket('neither of a user nor of a host');
  return number === 1 ? 'user' : 'host';
}

function readList(bytes: Buffer): Buffer[] {
  const fields = new FieldReader(bytes);
  const items: Buffer[] = [];
  while (fields.left > 0) {
    if (items.length >= maxItems) throw new MalformedPacket('too many items');
    items.push(fields.bytes());
  }
  return items;
}

/**
 * Names and data. @throws MalformedPacket for a name that is there twice, of which one could be overlooked
 */
function readPairs(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const items = readList(bytes);
  const pairs = new Map<string, Buffer>();
  for (let index = 0; index < items.length; index += 2) {
    const [name, data] = [items[index], items[index + 1]];
    if (!name || !data || pairs.has(String(name))) throw new MalformedPacket('malformed options');
    pairs.set(String(name), data);
  }
  return pairs;
}
