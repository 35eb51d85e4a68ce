/**
 * Netlink framing (netlink(7), include/uapi/linux/netlink.h), pure. Numbers are in host order, which is
 * little-endian on all machines that kit runs on.
 *
 *     nlmsghdr: u32 length with header | u16 type | u16 flags | u32 sequence | u32 port    then the body
 *     nlattr:   u16 length with header | u16 type                                          then the value
 *
 * Body and value are padded to 4 bytes.
 */

export interface NetlinkMessage {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  /** Without padding. */
  readonly body: Buffer;
}

export interface Attribute {
  readonly type: number;
  readonly value: Buffer;
}

const headerSize = 16;
const attributeHeaderSize = 4;
/** The two highest bits of the type are flags: NLA_F_NESTED, NLA_F_NET_BYTEORDER. */
const attributeTypeMask = 0x3fff;

/** One message, padded to 4 bytes. */
export function encodeNetlinkMessage({ type, flags, sequence, body }: NetlinkMessage): Buffer {
  const message = Buffer.alloc(align(headerSize + body.length));
  message.writeUInt32LE(headerSize + body.length, 0);
  message.writeUInt16LE(type, 4);
  message.writeUInt16LE(flags, 6);
  message.writeUInt32LE(sequence, 8);
  body.copy(message, headerSize);
  return message;
}

/** All messages of one datagram. @throws RangeError when a length exceeds it. */
export function decodeNetlinkMessages(datagram: Buffer): NetlinkMessage[] {
  const messages: NetlinkMessage[] = [];
  for (let at = 0; at + headerSize <= datagram.length; ) {
    const length = datagram.readUInt32LE(at);
    checkLength(length, headerSize, datagram.length - at);
    messages.push({
      type: datagram.readUInt16LE(at + 4),
      flags: datagram.readUInt16LE(at + 6),
      sequence: datagram.readUInt32LE(at + 8),
      body: datagram.subarray(at + headerSize, at + length),
    });
    at += align(length);
  }
  return messages;
}

/** Attributes, each padded to 4 bytes. */
export function encodeAttributes(attributes: readonly Attribute[]): Buffer {
  return Buffer.concat(attributes.map(encodeAttribute));
}

function encodeAttribute({ type, value }: Attribute): Buffer {
  const length = attributeHeaderSize + value.length;
  const bytes = Buffer.alloc(align(length));
  bytes.writeUInt16LE(length, 0);
  bytes.writeUInt16LE(type, 2);
  value.copy(bytes, attributeHeaderSize);
  return bytes;
}

/** Values by type; of several of a type the last one. @throws RangeError when a length exceeds the bytes. */
export function decodeAttributes(bytes: Buffer): Map<number, Buffer> {
  const attributes = new Map<number, Buffer>();
  for (let at = 0; at + attributeHeaderSize <= bytes.length; ) {
    const length = bytes.readUInt16LE(at);
    checkLength(length, attributeHeaderSize, bytes.length - at);
    const type = bytes.readUInt16LE(at + 2) & attributeTypeMask;
    attributes.set(type, bytes.subarray(at + attributeHeaderSize, at + length));
    at += align(length);
  }
  return attributes;
}

/** NLA_F_NESTED: the value consists of attributes. */
const nestedFlag = 0x8000;

/** An attribute that consists of others. */
export const nested = (type: number, attributes: readonly Attribute[]): Attribute => ({
  type: type | nestedFlag,
  value: encodeAttributes(attributes),
});

/** A 32-bit number as an attribute's value. */
export function u32Bytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** A 16-bit number as an attribute's value. */
export function u16Bytes(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

/** The 32-bit number in an attribute; undefined when it is absent or of another size. */
export function readU32(value: Buffer | undefined): number | undefined {
  return value?.length === 4 ? value.readUInt32LE() : undefined;
}

function align(length: number): number {
  return (length + 3) & ~3;
}

function checkLength(length: number, least: number, most: number): void {
  if (length < least || length > most) {
    throw new RangeError(`Cannot read netlink message: length ${length} where ${least} to ${most} fit`);
  }
}
