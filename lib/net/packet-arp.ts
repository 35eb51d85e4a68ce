/**
 * ARP for IPv4 over Ethernet, pure (RFC 826).
 *
 *     u16 hardware 1 | u16 protocol 0x0800 | u8 6 | u8 4 | u16 operation (1 request, 2 reply)
 *     | 6 sender MAC | 4 sender IP | 6 target MAC | 4 target IP
 */

import { ipv4Bytes, ipv4Text } from './ipv4.ts';

export interface ArpPacket {
  readonly operation: 'request' | 'reply';
  /** `52:54:00:12:34:56` */
  readonly senderMac: string;
  readonly senderAddress: string;
  readonly targetAddress: string;
}

const size = 28;
const head = Buffer.of(0, 1, 8, 0, 6, 4);
const operations = ['request', 'reply'] as const;

/** An ARP probe is a request whose sender has no address: `0.0.0.0` (RFC 5227). */
export function encodeArp({ operation, senderMac, senderAddress, targetAddress }: ArpPacket): Buffer {
  const packet = Buffer.alloc(size);
  head.copy(packet);
  packet.writeUInt16BE(operations.indexOf(operation) + 1, 6);
  Buffer.from(senderMac.replaceAll(':', ''), 'hex').copy(packet, 8);
  ipv4Bytes(senderAddress).copy(packet, 14);
  ipv4Bytes(targetAddress).copy(packet, 24);
  return packet;
}

/** Undefined for any other packet. Ethernet pads it. */
export function decodeArp(packet: Buffer): ArpPacket | undefined {
  if (packet.length < size || !packet.subarray(0, head.length).equals(head)) return undefined;
  const operation = operations[packet.readUInt16BE(6) - 1];
  if (operation === undefined) return undefined;
  return {
    operation,
    senderMac: packet.toString('hex', 8, 14).match(/../g)?.join(':') ?? '',
    senderAddress: ipv4Text(packet, 14),
    targetAddress: ipv4Text(packet, 24),
  };
}

/** Whether a host other than `mac` has the address, or probes it (RFC 5227 section 2.1.1). */
export function isConflict(packet: ArpPacket, address: string, mac: string): boolean {
  if (packet.senderMac === mac) return false;
  const isProbe = packet.operation === 'request' && packet.senderAddress === '0.0.0.0';
  return packet.senderAddress === address || (isProbe && packet.targetAddress === address);
}
