/**
 * ICMPv6 over IPv6 as on the wire, without extension headers, pure (RFC 8200, RFC 4443).
 *
 *     IPv6:   u32 version 6, class and flow | u16 payload length | u8 next header | u8 hop limit
 *             | 16 source | 16 destination
 *     ICMPv6: u8 type | u8 code | u16 checksum | body
 */

import { ipAddress, ipText } from './ip.ts';
import { checksum } from './packet-udp.ts';

export interface Icmp6Packet {
  readonly source: string;
  readonly destination: string;
  readonly type: number;
  readonly code: number;
  /** What follows the checksum. */
  readonly body: Buffer;
}

const ipHeaderSize = 40;
const icmpHeaderSize = 4;
const ICMPV6 = 58;
/** Neighbour discovery stays on the link: a router would have lowered it (RFC 4861 section 6.1). */
const hopLimit = 255;

/** The IPv6 packet with its checksum and a hop limit of 255. @throws RangeError for a wrong address */
export function encodeIcmp6({ source, destination, type, code, body }: Icmp6Packet): Buffer {
  const packet = Buffer.alloc(ipHeaderSize + icmpHeaderSize + body.length);
  packet.writeUInt8(0x60, 0);
  packet.writeUInt16BE(icmpHeaderSize + body.length, 4);
  packet.set([ICMPV6, hopLimit], 6);
  ipAddress(source).bytes.copy(packet, 8);
  ipAddress(destination).bytes.copy(packet, 24);
  packet.set([type, code], ipHeaderSize);
  body.copy(packet, ipHeaderSize + icmpHeaderSize);
  packet.writeUInt16BE(checksumOf(packet), ipHeaderSize + 2);
  return packet;
}

/** Undefined for any other packet, a damaged one, or one that a router has passed on. */
export function decodeIcmp6(packet: Buffer): Icmp6Packet | undefined {
  if (packet.length < ipHeaderSize + icmpHeaderSize || packet.readUInt8(0) >> 4 !== 6) return undefined;
  const end = ipHeaderSize + packet.readUInt16BE(4);
  if (end > packet.length || end < ipHeaderSize + icmpHeaderSize) return undefined;
  if (packet.readUInt8(6) !== ICMPV6 || packet.readUInt8(7) !== hopLimit) return undefined;
  const whole = packet.subarray(0, end);
  if (checksumOf(whole) !== 0) return undefined;
  return {
    source: ipText(whole.subarray(8, 24)),
    destination: ipText(whole.subarray(24, 40)),
    type: whole.readUInt8(ipHeaderSize),
    code: whole.readUInt8(ipHeaderSize + 1),
    body: whole.subarray(ipHeaderSize + icmpHeaderSize),
  };
}

/** With the pseudo header of RFC 8200 section 8.1: addresses, u32 length, u32 next header. */
function checksumOf(packet: Buffer): number {
  const pseudo = Buffer.alloc(40);
  packet.copy(pseudo, 0, 8, 40);
  pseudo.writeUInt32BE(packet.length - ipHeaderSize, 32);
  pseudo.writeUInt8(ICMPV6, 39);
  return checksum(Buffer.concat([pseudo, packet.subarray(ipHeaderSize)]));
}
