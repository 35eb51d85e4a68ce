/**
 * Routes in rtnetlink(7) messages, for IPv4 and IPv6, pure.
 *
 *     rtmsg: u8 family | u8 dst length | u8 src length | u8 tos | u8 table | u8 protocol | u8 scope | u8 type
 *            | u32 flags    then RTA_*
 */

import { AF_INET, AF_INET6, type IpFamily, ipAddress } from '../../net/ip.ts';
import { type Attribute, decodeAttributes, encodeAttributes, readU32, u32Bytes } from './netlink-message.ts';
import { ipAttribute, readIp } from './rtnetlink-ip.ts';

/** A unicast route; one that is listed is of the main table. */
export interface Route {
  /** The interface's index. */
  readonly index: number;
  /** `0.0.0.0` or `::` with prefix 0 is the default route. */
  readonly destination: string;
  readonly prefix: number;
  /** Absent when the destination is on the link itself. */
  readonly gateway?: string;
  /** Of several routes to one destination the lowest metric wins. */
  readonly metric: number;
  /** The program that set it, RTPROT_*. */
  readonly protocol: number;
}

/** What only routes that are set have. */
export interface NewRoute extends Route {
  /** Absent: the main table. */
  readonly table?: number;
  /** The address that packets are sent from; absent: the kernel chooses. */
  readonly source?: string;
  /** False: refused unless the gateway is in a network of the interface. Absent: true. */
  readonly onlink?: boolean;
}

/** RTPROT_*, include/uapi/linux/rtnetlink.h: set by the administrator; set by a DHCP client. */
export const RTPROT_STATIC = 4;
export const RTPROT_DHCP = 16;

const RTA = { destination: 1, interface: 4, gateway: 5, metric: 6, source: 7, table: 15 } as const;
export const RT_TABLE_MAIN = 254;
/** In the header: the number is in an attribute. */
const RT_TABLE_UNSPEC = 0;
const RT_SCOPE_UNIVERSE = 0;
const RT_SCOPE_LINK = 253;
const RTN_UNICAST = 1;
/**
 * The gateway is on this link even if no address of the interface covers it: clouds hand out /32 addresses.
 */
const RTNH_F_ONLINK = 4;
const headerSize = 12;

/** The body of RTM_GETROUTE that, as a dump, lists all routes of a family. */
export function encodeRouteQuery(family: IpFamily): Buffer {
  const header = Buffer.alloc(headerSize);
  header.writeUInt8(family, 0);
  return header;
}

/** The body of RTM_NEWROUTE or RTM_DELROUTE. @throws RangeError when an address cannot be parsed. */
export function encodeRoute(route: NewRoute): Buffer {
  const { index, destination, prefix, gateway, metric, protocol, source } = route;
  const { table = RT_TABLE_MAIN, onlink = true } = route;
  const { family } = ipAddress(destination);
  const header = Buffer.alloc(headerSize);
  // The kernel ignores the scope of an IPv6 route.
  const scope = gateway === undefined && family === AF_INET ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
  header.set([family, prefix, 0, 0, table > 255 ? RT_TABLE_UNSPEC : table, protocol, scope, RTN_UNICAST]);
  header.writeUInt32LE(gateway !== undefined && onlink ? RTNH_F_ONLINK : 0, 8);
  const attributes: Attribute[] = [
    { type: RTA.interface, value: u32Bytes(index) },
    { type: RTA.metric, value: u32Bytes(metric) },
  ];
  if (prefix > 0) attributes.push(ipAttribute(RTA.destination, destination));
  if (gateway !== undefined) attributes.push(ipAttribute(RTA.gateway, gateway));
  if (source !== undefined) attributes.push(ipAttribute(RTA.source, source));
  if (table > 255) attributes.push({ type: RTA.table, value: u32Bytes(table) });
  return Buffer.concat([header, encodeAttributes(attributes)]);
}

/**
 * The route in the body of RTM_NEWROUTE; undefined unless it is a unicast IP route of the main table.
 * @throws RangeError when it is damaged.
 */
export function decodeRoute(body: Buffer): Route | undefined {
  if (body.length < headerSize) throw new RangeError('Cannot read route message: shorter than its header');
  const [family = 0, prefix = 0, , , table, protocol = 0, , type] = body;
  if (table !== RT_TABLE_MAIN || type !== RTN_UNICAST) return undefined;
  if (family !== AF_INET && family !== AF_INET6) return undefined;
  const attributes = decodeAttributes(body.subarray(headerSize));
  const gateway = readIp(attributes.get(RTA.gateway), family);
  return {
    index: readU32(attributes.get(RTA.interface)) ?? 0,
    // The default route has no RTA_DST.
    destination: readIp(attributes.get(RTA.destination), family) ?? (family === AF_INET ? '0.0.0.0' : '::'),
    prefix,
    ...(gateway === undefined ? {} : { gateway }),
    metric: readU32(attributes.get(RTA.metric)) ?? 0,
    protocol,
  };
}
