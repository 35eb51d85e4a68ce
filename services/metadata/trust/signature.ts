import { createHash, createPublicKey, verify } from 'node:crypto';
import { signatureNamespace } from '../../../lib/bundle/metadata.ts';

/**
 * Signatures of OpenSSH (`ssh-keygen -Y sign`, PROTOCOL.sshsig):
 *
 *     "SSHSIG" | u32 version 1 | string public key | string namespace | string reserved
 *     | string hash algorithm | string signature
 *
 * in base64 between two lines. A string is a u32 length and its bytes. A public key and a signature of
 * Ed25519 are the string "ssh-ed25519" and a string of 32 or 64 bytes.
 */

const begin = '-----BEGIN SSH SIGNATURE-----';
const end = '-----END SSH SIGNATURE-----';
const magic = Buffer.from('SSHSIG');
const algorithm = 'ssh-ed25519';

/** Why a signature of `data` does not count; undefined if one of the keys made it. */
export function signatureFault(
  data: Buffer,
  signature: Buffer | undefined,
  keys: readonly string[],
): string | undefined {
  if (signature === undefined) return 'it is not signed';
  const parsed = parse(signature.toString('latin1'));
  if (parsed === undefined) return 'its signature is not one of ssh-keygen -Y sign with an Ed25519 key';
  const { key, namespace, hash, bytes } = parsed;
  if (namespace !== signatureNamespace)
    return `its signature is for "${printable(namespace)}", not for "${signatureNamespace}"`;
  if (!keys.includes(key.toString('base64'))) return 'it is signed by a key that the manifest does not name';
  const signed = Buffer.concat([
    magic,
    ...[namespace, '', hash].map((text) => string(Buffer.from(text, 'latin1'))),
    string(createHash(hash).update(data).digest()),
  ]);
  return verify(null, signed, publicKey(key), bytes) ? undefined : 'its signature is not of this content';
}

interface Signature {
  /** 32 bytes. */
  readonly key: Buffer;
  readonly namespace: string;
  readonly hash: 'sha256' | 'sha512';
  /** 64 bytes. */
  readonly bytes: Buffer;
}

function parse(text: string): Signature | undefined {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) return undefined;
  const blob = Buffer.from(text.slice(from + begin.length, to), 'base64');
  if (!blob.subarray(0, magic.length).equals(magic) || blob.length < 10 || blob.readUInt32BE(6) !== 1)
    return undefined;
  const fields = strings(blob.subarray(10));
  const [outer, namespace, reserved, hash, signature] = fields ?? [];
  const key = ofEd25519(outer, 32);
  const bytes = ofEd25519(signature, 64);
  const name = hash?.toString('latin1');
  if (fields?.length !== 5 || !key || !bytes || !namespace || reserved?.length !== 0) return undefined;
  if (name !== 'sha256' && name !== 'sha512') return undefined;
  return { key, namespace: namespace.toString('latin1'), hash: name, bytes };
}

/** The strings one after another; undefined if the bytes are anything else. */
function strings(bytes: Buffer): Buffer[] | undefined {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length - at < 4) return undefined;
    const next = at + 4 + bytes.readUInt32BE(at);
    if (next > bytes.length) return undefined;
    found.push(bytes.subarray(at + 4, next));
    at = next;
  }
  return found;
}

function ofEd25519(blob: Buffer | undefined, size: number): Buffer | undefined {
  const [name, value, ...more] = (blob && strings(blob)) ?? [];
  const right = name?.toString('latin1') === algorithm && value?.length === size && more.length === 0;
  return right ? value : undefined;
}

function string(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const publicKey = (raw: Buffer): ReturnType<typeof createPublicKey> =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    format: 'jwk',
  });

/** The name comes from the disc, and the console shows it. */
const printable = (text: string): string => text.slice(0, 40).replace(/[^ -~]/g, '?');
