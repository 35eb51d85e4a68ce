/**
 * Network interfaces in rtnetlink(7) messages, pure. The header, which IFLA_* attributes follow:
 *
 *     ifinfomsg: u8 family | u8 padding | u16 ARPHRD type | i32 index | u32 flags | u32 change mask
 */

import { type Attribute, decodeAttributes, encodeAttributes, readU32, u32Bytes } from './netlink-message.ts';

/** A network interface as the kernel describes it. */
export interface Link {
  readonly index: number;
  /** `eth0` */
  readonly name: string;
  /** `52:54:00:12:34:56`; empty for interfaces that have none. */
  readonly mac: string;
  /** ARPHRD_*: 1 is Ethernet, 772 loopback. */
  readonly type: number;
  readonly up: boolean;
  readonly loopback: boolean;
  /** The interface is up and has a link. */
  readonly carrier: boolean;
  /** How often the carrier came or went (IFLA_CARRIER_CHANGES): tells a short loss that no listing shows. */
  readonly carrierChanges: number;
  readonly mtu: number;
  /** The driver's name for software interfaces (`veth`, `bridge`); empty for hardware and virtio. */
  readonly kind: string;
  /** The index of the bridge or bond it is a port of; 0 for none. */
  readonly master: number;
  /** Free text (`ip link set eth0 alias …`); empty for none. */
  readonly alias: string;
}

/** Absent fields are not changed. */
export interface LinkChange {
  readonly up?: boolean | undefined;
  readonly mtu?: number | undefined;
  readonly alias?: string | undefined;
  /** The index of the bridge or bond whose port it becomes. A bond takes it only while it is down. */
  readonly master?: number | undefined;
}

export const ARPHRD_ETHER = 1;

const IFF_UP = 1;
const IFF_LOOPBACK = 8;
const IFF_LOWER_UP = 0x10000;
/** linux/if_link.h; `infoKind` is IFLA_INFO_KIND, inside `linkInfo`. */
const IFLA = {
  ...{ address: 1, name: 3, mtu: 4, master: 10, linkInfo: 18, alias: 20, carrierChanges: 35 },
  infoKind: 1,
} as const;
const headerSize = 16;

/** The body of RTM_GETLINK that, as a dump, lists all interfaces. */
export function encodeLinkQuery(): Buffer {
  return encodeHeader({ index: 0, flags: 0, change: 0 });
}

/** The body of RTM_NEWLINK that changes an existing interface. */
export function encodeLinkChange({ index, up, mtu, alias, master }: LinkChange & { index: number }): Buffer {
  const attributes: Attribute[] = [
    ...(mtu === undefined ? [] : [{ type: IFLA.mtu, value: u32Bytes(mtu) }]),
    ...(alias === undefined ? [] : [{ type: IFLA.alias, value: Buffer.from(`${alias}\0`) }]),
    ...(master === undefined ? [] : [{ type: IFLA.master, value: u32Bytes(master) }]),
  ];
  const header = encodeHeader({ index, flags: up ? IFF_UP : 0, change: up === undefined ? 0 : IFF_UP });
  return Buffer.concat([header, encodeAttributes(attributes)]);
}

function encodeHeader({ index, flags, change }: { index: number; flags: number; change: number }): Buffer {
  const header = Buffer.alloc(headerSize);
  header.writeInt32LE(index, 4);
  header.writeUInt32LE(flags, 8);
  header.writeUInt32LE(change, 12);
  return header;
}

/** The interface in the body of RTM_NEWLINK or RTM_DELLINK. @throws RangeError when it is damaged. */
export function decodeLink(body: Buffer): Link {
  if (body.length < headerSize) throw new RangeError('Cannot read link message: shorter than its header');
  const attributes = decodeAttributes(body.subarray(headerSize));
  const flags = body.readUInt32LE(8);
  return {
    index: body.readInt32LE(4),
    name: text(attributes.get(IFLA.name)),
    mac: attributes.get(IFLA.address)?.toString('hex').match(/../g)?.join(':') ?? '',
    type: body.readUInt16LE(2),
    up: (flags & IFF_UP) !== 0,
    loopback: (flags & IFF_LOOPBACK) !== 0,
    carrier: (flags & IFF_LOWER_UP) !== 0,
    carrierChanges: readU32(attributes.get(IFLA.carrierChanges)) ?? 0,
    mtu: readU32(attributes.get(IFLA.mtu)) ?? 0,
    kind: kindOf(attributes.get(IFLA.linkInfo)),
    master: readU32(attributes.get(IFLA.master)) ?? 0,
    alias: text(attributes.get(IFLA.alias)),
  };
}

function kindOf(linkInfo: Buffer | undefined): string {
  return linkInfo === undefined ? '' : text(decodeAttributes(linkInfo).get(IFLA.infoKind));
}

function text(value: Buffer | undefined): string {
  return value?.toString('utf8').replace(/\0.*$/s, '') ?? '';
}
