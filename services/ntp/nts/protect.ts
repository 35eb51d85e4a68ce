import { PacketRejected } from '../protocol/packet.ts';
import { encodeField, type Field, fieldTypes, readFields } from './fields.ts';
import { isCookie, mostCookies } from './records.ts';
import { openSiv, sealSiv } from './siv.ts';

export const uniqueIdBytes = 32;
export const nonceBytes = 16;
/** Bytes of a request: no network of today cuts such a packet. */
const mostRequest = 1200;

export interface RequestSecrets {
  /** Client to server. */
  readonly key: Buffer;
  readonly cookie: Buffer;
  /** So many more cookies are asked for, if there is room. */
  readonly more: number;
  /** Random. */
  readonly uniqueId: Buffer;
  /** Random. */
  readonly nonce: Buffer;
}

/** The server does not know our keys any more, and so cannot prove who it is (RFC 8915, section 5.7). */
export class NtsNak extends PacketRejected {}

/** A request with NTS around it (RFC 8915, section 5.7). @param request its header */
export function sealRequest(request: Buffer, { key, cookie, more, uniqueId, nonce }: RequestSecrets): Buffer {
  const own = [request, encodeField(fieldTypes.uniqueId, uniqueId), encodeField(fieldTypes.cookie, cookie)];
  const authenticator = 4 + 4 + nonceBytes + 16;
  const left = mostRequest - authenticator - Buffer.concat(own).length;
  const placeholder = encodeField(fieldTypes.placeholder, Buffer.alloc(cookie.length));
  const count = Math.max(0, Math.min(more, Math.floor(left / placeholder.length)));
  const packet = Buffer.concat([...own, ...Array<Buffer>(count).fill(placeholder)]);
  const sealed = sealSiv(key, [packet, nonce], Buffer.alloc(0));
  const lengths = Buffer.alloc(4);
  lengths.writeUInt16BE(nonce.length);
  lengths.writeUInt16BE(sealed.length, 2);
  return Buffer.concat([
    packet,
    encodeField(fieldTypes.authenticator, Buffer.concat([lengths, nonce, sealed])),
  ]);
}

/**
 * Proves that an answer is the server's, to the request with this id; returns the cookies in it.
 * @param key server to client
 * @throws NtsNak, PacketRejected
 */
export function openReply(bytes: Buffer, { key, uniqueId }: { key: Buffer; uniqueId: Buffer }): Buffer[] {
  const fields = readFields(bytes);
  const end = fields.findIndex(({ type }) => type === fieldTypes.authenticator);
  // What comes behind it nobody vouches for.
  const proved = end < 0 ? fields : fields.slice(0, end);
  if (!proved.some(({ type, body }) => type === fieldTypes.uniqueId && body.equals(uniqueId)))
    throw new PacketRejected('it answers no request of ours');
  const authenticator = fields[end];
  if (!authenticator) throw isNak(bytes) ? new NtsNak('it does not know our keys') : unproved();
  const plain = decrypted(bytes, authenticator, key);
  return readFields(plain, 0)
    .filter(({ type, body }) => type === fieldTypes.cookie && isCookie(body))
    .map(({ body }) => Buffer.from(body))
    .slice(0, mostCookies);
}

/** Kiss code NTSN, in a packet of stratum 0. */
const isNak = (bytes: Buffer): boolean =>
  bytes.readUInt8(1) === 0 && bytes.toString('latin1', 12, 16) === 'NTSN';

const unproved = (): PacketRejected => new PacketRejected('it does not prove who it is (NTS)');

/**
 * The body is `u16 nonce length | u16 ciphertext length | nonce | ciphertext`, each filled up to a multiple
 * of four.
 */
function decrypted(bytes: Buffer, { at, body }: Field, key: Buffer): Buffer {
  if (body.length < 4) throw unproved();
  const [nonceLength, length] = [body.readUInt16BE(0), body.readUInt16BE(2)];
  const start = 4 + Math.ceil(nonceLength / 4) * 4;
  if (nonceLength === 0 || start + length > body.length) throw unproved();
  const [nonce, sealed] = [body.subarray(4, 4 + nonceLength), body.subarray(start, start + length)];
  const plain = openSiv(key, [bytes.subarray(0, at), nonce], sealed);
  if (plain === undefined) throw unproved();
  return plain;
}
