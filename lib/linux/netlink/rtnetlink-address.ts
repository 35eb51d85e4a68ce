/**
 * IPv4 addresses of interfaces in rtnetlink(7) messages, pure.
 *
 *     ifaddrmsg:     u8 family | u8 prefix length | u8 flags | u8 scope | u32 interface index    then IFA_*
 *     ifa_cacheinfo: u32 preferred s | u32 valid s | u32 created | u32 updated; 0xffffffff s is for ever
 */

import { ipv4Bytes, ipv4Text } from '../../net/ipv4.ts';
import { decodeAttributes, encodeAttributes, u32Bytes } from './netlink-message.ts';

/** An IPv4 address on an interface. */
export interface Address {
  /** The interface's index. */
  readonly index: number;
  readonly address: string;
  readonly prefix: number;
  /** Who set it (IFA_PROTO, Linux 5.18): a number of our own choice, 0 when nobody said. */
  readonly protocol: number;
  /** Seconds until the kernel removes it by itself; Infinity for never. */
  readonly validSeconds: number;
}

const AF_INET = 2;
const IFA = { address: 1, local: 2, broadcast: 4, cacheInfo: 6, protocol: 11 } as const;
const headerSize = 8;
const forever = 0xffffffff;

/** The body of RTM_GETADDR that, as a dump, lists all IPv4 addresses. */
export function encodeAddressQuery(): Buffer {
  return encodeHeader(0, 0);
}

/** The body of RTM_NEWADDR or RTM_DELADDR. */
export function encodeAddress(address: Address, broadcast?: string): Buffer {
  const seconds = Math.min(forever, Math.max(1, Math.round(address.validSeconds)));
  const local = ipv4Bytes(address.address);
  return Buffer.concat([
    encodeHeader(address.prefix, address.index),
    encodeAttributes([
      { type: IFA.address, value: local },
      { type: IFA.local, value: local },
      ...(broadcast === undefined ? [] : [{ type: IFA.broadcast, value: ipv4Bytes(broadcast) }]),
      {
        type: IFA.cacheInfo,
        value: Buffer.concat([u32Bytes(seconds), u32Bytes(seconds), u32Bytes(0), u32Bytes(0)]),
      },
      { type: IFA.protocol, value: Buffer.of(address.protocol) },
    ]),
  ]);
}

function encodeHeader(prefix: number, index: number): Buffer {
  const header = Buffer.alloc(headerSize);
  header.writeUInt8(AF_INET, 0);
  header.writeUInt8(prefix, 1);
  header.writeUInt32LE(index, 4);
  return header;
}

/** The address in the body of RTM_NEWADDR, or undefined when it is not IPv4. @throws RangeError when damaged. */
export function decodeAddress(body: Buffer): Address | undefined {
  if (body.length < headerSize) throw new RangeError('Cannot read address message: shorter than its header');
  const attributes = decodeAttributes(body.subarray(headerSize));
  const local = attributes.get(IFA.local) ?? attributes.get(IFA.address);
  if (body.readUInt8(0) !== AF_INET || local?.length !== 4) return undefined;
  const cacheInfo = attributes.get(IFA.cacheInfo);
  const seconds = cacheInfo && cacheInfo.length >= 8 ? cacheInfo.readUInt32LE(4) : forever;
  return {
    index: body.readUInt32LE(4),
    address: ipv4Text(local),
    prefix: body.readUInt8(1),
    protocol: attributes.get(IFA.protocol)?.at(0) ?? 0,
    validSeconds: seconds === forever ? Number.POSITIVE_INFINITY : seconds,
  };
}
