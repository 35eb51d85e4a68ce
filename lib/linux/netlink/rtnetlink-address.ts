/**
 * Addresses of interfaces in rtnetlink(7) messages, for IPv4 and IPv6, pure.
 *
 *     ifaddrmsg:     u8 family | u8 prefix length | u8 flags | u8 scope | u32 interface index    then IFA_*
 *     ifa_cacheinfo: u32 preferred s | u32 valid s | u32 created | u32 updated; 0xffffffff s is for ever
 */

import { AF_INET, type IpFamily, ipAddress } from '../../net/ip.ts';
import { broadcastOf } from '../../net/ipv4.ts';
import { type Attribute, decodeAttributes, encodeAttributes, readU32, u32Bytes } from './netlink-message.ts';
import { ipAttribute, readIp } from './rtnetlink-ip.ts';

/** An address to set on an interface. */
export interface NewAddress {
  /** The interface's index. */
  readonly index: number;
  /** `10.0.2.15`, `fd00::15` */
  readonly address: string;
  readonly prefix: number;
  /**
   * The program that set it (IFA_PROTO, Linux 5.18): a number that the program chooses. Absent: 0,
   * unspecified.
   */
  readonly protocol?: number;
  /** Seconds until the kernel removes the address. Absent, like Infinity: never. */
  readonly validSeconds?: number;
  /** Seconds until it is no longer used for new connections. Absent: as long as it is valid. */
  readonly preferredSeconds?: number;
  /** IPv6 only: the kernel looks whether another host has the address. Absent: it can be used at once. */
  readonly detectDuplicates?: boolean;
}

/** An address as the kernel lists it. */
export interface Address extends Required<Omit<NewAddress, 'preferredSeconds' | 'detectDuplicates'>> {
  /** Another host has it (IFA_F_DADFAILED). */
  readonly duplicate?: true;
}

/** include/uapi/linux/if_addr.h */
const IFA = { address: 1, local: 2, broadcast: 4, cacheInfo: 6, flags: 8, protocol: 11 } as const;
const IFA_F_DADFAILED = 8;
/**
 * IPv6 only. Duplicate address detection takes a second or two, during which no service can bind the address.
 */
const IFA_F_NODAD = 2;
const headerSize = 8;
const forever = 0xffffffff;

/** The body of RTM_GETADDR that, as a dump, lists all addresses of a family. */
export function encodeAddressQuery(family: IpFamily): Buffer {
  return encodeHeader({ family, prefix: 0, flags: 0, index: 0 });
}

/** The body of RTM_NEWADDR or RTM_DELADDR. @throws RangeError when the address cannot be parsed. */
export function encodeAddress(given: NewAddress): Buffer {
  const { index, address, prefix, protocol, validSeconds, preferredSeconds, detectDuplicates } = given;
  const { family } = ipAddress(address);
  const flags = family === AF_INET || detectDuplicates ? 0 : IFA_F_NODAD;
  const header = encodeHeader({ family, prefix, flags, index });
  const attributes: Attribute[] = [ipAttribute(IFA.address, address), ipAttribute(IFA.local, address)];
  // RFC 3021: a network of two addresses has none for broadcasts.
  if (family === AF_INET && prefix < 31)
    attributes.push(ipAttribute(IFA.broadcast, broadcastOf(address, prefix)));
  if (validSeconds !== undefined)
    attributes.push({ type: IFA.cacheInfo, value: cacheInfo(validSeconds, preferredSeconds) });
  if (protocol !== undefined) attributes.push({ type: IFA.protocol, value: Buffer.of(protocol) });
  return Buffer.concat([header, encodeAttributes(attributes)]);
}

interface Header {
  readonly family: IpFamily;
  readonly prefix: number;
  readonly flags: number;
  readonly index: number;
}

function encodeHeader({ family, prefix, flags, index }: Header): Buffer {
  const header = Buffer.alloc(headerSize);
  header.set([family, prefix, flags]);
  header.writeUInt32LE(index, 4);
  return header;
}

function cacheInfo(validSeconds: number, preferredSeconds = validSeconds): Buffer {
  const valid = Math.min(forever, Math.max(1, Math.round(validSeconds)));
  const preferred = Math.min(valid, Math.max(0, Math.round(preferredSeconds)));
  return Buffer.concat([u32Bytes(preferred), u32Bytes(valid), u32Bytes(0), u32Bytes(0)]);
}

/**
 * The address in the body of RTM_NEWADDR; undefined for another family.
 * @throws RangeError when it is damaged.
 */
export function decodeAddress(body: Buffer): Address | undefined {
  if (body.length < headerSize) throw new RangeError('Cannot read address message: shorter than its header');
  const attributes = decodeAttributes(body.subarray(headerSize));
  // IFA_ADDRESS is the peer's on a point-to-point link; IPv6 has IFA_LOCAL only there.
  const address = readIp(attributes.get(IFA.local) ?? attributes.get(IFA.address), body.readUInt8(0));
  if (address === undefined) return undefined;
  const cached = attributes.get(IFA.cacheInfo);
  const flags = readU32(attributes.get(IFA.flags)) ?? body.readUInt8(2);
  const seconds = cached && cached.length >= 8 ? cached.readUInt32LE(4) : forever;
  return {
    index: body.readUInt32LE(4),
    address,
    prefix: body.readUInt8(1),
    protocol: attributes.get(IFA.protocol)?.at(0) ?? 0,
    validSeconds: seconds === forever ? Number.POSITIVE_INFINITY : seconds,
    ...((flags & IFA_F_DADFAILED) !== 0 && { duplicate: true }),
  };
}
