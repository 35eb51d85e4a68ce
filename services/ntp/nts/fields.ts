import { headerBytes, PacketRejected } from '../protocol/packet.ts';

/** Types of extension fields (RFC 8915, section 5). */
export const fieldTypes = {
  uniqueId: 0x0104,
  cookie: 0x0204,
  placeholder: 0x0304,
  authenticator: 0x0404,
} as const;

export interface Field {
  readonly type: number;
  readonly body: Buffer;
  /** Where it begins. */
  readonly at: number;
}

const mostFields = 32;

/** A field, filled up with zeros to a multiple of four. */
export function encodeField(type: number, body: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(body.length / 4) * 4);
  bytes.writeUInt16BE(type);
  bytes.writeUInt16BE(bytes.length, 2);
  body.copy(bytes, 4);
  return bytes;
}

/**
 * The fields behind the header of a packet, or all of what was encrypted (RFC 7822):
 *
 *     u16 type | u16 length of all, a multiple of four | body
 *
 * @throws PacketRejected
 */
export function readFields(bytes: Buffer, from = headerBytes): Field[] {
  const fields: Field[] = [];
  for (let at = from; at < bytes.length; ) {
    const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
    if (length < 4 || length % 4 !== 0 || at + length > bytes.length)
      throw new PacketRejected('its extension fields are broken');
    if (fields.length >= mostFields)
      throw new PacketRejected(`it has more than ${mostFields} extension fields`);
    fields.push({ type: bytes.readUInt16BE(at), body: bytes.subarray(at + 4, at + length), at });
    at += length;
  }
  return fields;
}
