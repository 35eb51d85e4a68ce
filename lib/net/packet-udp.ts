/**
 * UDP over IPv4 as on the wire, pure (RFC 791, RFC 768).
 *
 *     IPv4: u8 version 4 and header words | u8 tos | u16 length | u16 id | u16 flags and fragment | u8 ttl
 *           | u8 protocol | u16 header checksum | 4 source | 4 destination | options
 *     UDP:  u16 source port | u16 destination port | u16 length with header | u16 checksum | payload
 */

import { ipv4Bytes, ipv4Text } from './ipv4.ts';

export interface UdpPacket {
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly payload: Buffer;
}

const ipHeaderSize = 20;
const udpHeaderSize = 8;
const UDP = 17;
const fragmentMask = 0x3fff;

/** The IPv4 packet, both checksums filled in. */
export function encodeUdp({ source, sourcePort, destination, destinationPort, payload }: UdpPacket): Buffer {
  const packet = Buffer.alloc(ipHeaderSize + udpHeaderSize + payload.length);
  packet.writeUInt8(0x45, 0);
  packet.writeUInt16BE(packet.length, 2);
  packet.writeUInt8(64, 8);
  packet.writeUInt8(UDP, 9);
  ipv4Bytes(source).copy(packet, 12);
  ipv4Bytes(destination).copy(packet, 16);
  packet.writeUInt16BE(checksum(packet.subarray(0, ipHeaderSize)), 10);
  const udp = packet.subarray(ipHeaderSize);
  udp.writeUInt16BE(sourcePort, 0);
  udp.writeUInt16BE(destinationPort, 2);
  udp.writeUInt16BE(udp.length, 4);
  payload.copy(udp, udpHeaderSize);
  const pseudoHeader = Buffer.concat([
    packet.subarray(12, 20),
    Buffer.of(0, UDP, udp.length >> 8, udp.length & 255),
  ]);
  // 0 means "no checksum", so a checksum of 0 is sent as 0xffff (RFC 768).
  udp.writeUInt16BE(checksum(Buffer.concat([pseudoHeader, udp])) || 0xffff, 6);
  return packet;
}

/**
 * The UDP datagram in an IPv4 packet; undefined for any other packet, a damaged one, or a fragment. The UDP
 * checksum is not verified: between virtual machines of one host it is left incomplete (packet(7),
 * TP_STATUS_CSUMNOTREADY).
 */
export function decodeUdp(packet: Buffer): UdpPacket | undefined {
  if (packet.length < ipHeaderSize || packet.readUInt8(0) >> 4 !== 4) return undefined;
  const headerSize = (packet.readUInt8(0) & 15) * 4;
  const length = packet.readUInt16BE(2);
  if (headerSize < ipHeaderSize || length > packet.length || length < headerSize + udpHeaderSize)
    return undefined;
  if (packet.readUInt8(9) !== UDP || (packet.readUInt16BE(6) & fragmentMask) !== 0) return undefined;
  if (checksum(packet.subarray(0, headerSize)) !== 0) return undefined;
  const udp = packet.subarray(headerSize, length);
  const udpLength = udp.readUInt16BE(4);
  if (udpLength < udpHeaderSize || udpLength > udp.length) return undefined;
  return {
    source: ipv4Text(packet, 12),
    sourcePort: udp.readUInt16BE(0),
    destination: ipv4Text(packet, 16),
    destinationPort: udp.readUInt16BE(2),
    payload: udp.subarray(udpHeaderSize, udpLength),
  };
}

/** The internet checksum (RFC 1071); 0 for bytes that include their correct checksum. */
export function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
