/**
 * IPv4 routes in rtnetlink(7) messages, pure.
 *
 *     rtmsg: u8 family | u8 dst length | u8 src length | u8 tos | u8 table | u8 protocol | u8 scope | u8 type | u32 flags    then RTA_*
 */

import { ipv4Bytes, ipv4Text } from '../../net/ipv4.ts';
import { type Attribute, decodeAttributes, encodeAttributes, readU32, u32Bytes } from './netlink-message.ts';

/** A unicast IPv4 route of the main table. */
export interface Route {
  /** The interface's index. */
  readonly index: number;
  /** `0.0.0.0` with prefix 0 is the default route. */
  readonly destination: string;
  readonly prefix: number;
  /** Absent for what is reached directly. */
  readonly gateway?: string;
  /** Of routes to one destination, the lowest wins. */
  readonly metric: number;
  /** Who set it, RTPROT_*. */
  readonly protocol: number;
}

/** RTPROT_DHCP: the mark by which a DHCP client knows its own routes. */
export const RTPROT_DHCP = 16;

const AF_INET = 2;
const RTA = { destination: 1, interface: 4, gateway: 5, metric: 6 } as const;
const RT_TABLE_MAIN = 254;
const RT_SCOPE_LINK = 253;
const RTN_UNICAST = 1;
/** The gateway is reachable on this link even if no address of ours says so (clouds hand out /32 addresses). */
const RTNH_F_ONLINK = 4;
const headerSize = 12;

/** The body of RTM_GETROUTE that, as a dump, lists all IPv4 routes. */
export function encodeRouteQuery(): Buffer {
  const header = Buffer.alloc(headerSize);
  header.writeUInt8(AF_INET, 0);
  return header;
}

/** The body of RTM_NEWROUTE or RTM_DELROUTE. */
export function encodeRoute({ index, destination, prefix, gateway, metric, protocol }: Route): Buffer {
  const header = Buffer.alloc(headerSize);
  header.set([
    AF_INET,
    prefix,
    0,
    0,
    RT_TABLE_MAIN,
    protocol,
    gateway === undefined ? RT_SCOPE_LINK : 0,
    RTN_UNICAST,
  ]);
  header.writeUInt32LE(gateway === undefined ? 0 : RTNH_F_ONLINK, 8);
  const attributes: Attribute[] = [
    { type: RTA.interface, value: u32Bytes(index) },
    { type: RTA.metric, value: u32Bytes(metric) },
  ];
  if (prefix > 0) attributes.push({ type: RTA.destination, value: ipv4Bytes(destination) });
  if (gateway !== undefined) attributes.push({ type: RTA.gateway, value: ipv4Bytes(gateway) });
  return Buffer.concat([header, encodeAttributes(attributes)]);
}

/** The route in the body of RTM_NEWROUTE, or undefined when it is not a unicast IPv4 one of the main table. */
export function decodeRoute(body: Buffer): Route | undefined {
  if (body.length < headerSize) throw new RangeError('Cannot read route message: shorter than its header');
  const [family, prefix = 0, , , table, protocol = 0, , type] = body;
  if (family !== AF_INET || table !== RT_TABLE_MAIN || type !== RTN_UNICAST) return undefined;
  const attributes = decodeAttributes(body.subarray(headerSize));
  const [destination, gateway] = [attributes.get(RTA.destination), attributes.get(RTA.gateway)];
  return {
    index: readU32(attributes.get(RTA.interface)) ?? 0,
    destination: destination?.length === 4 ? ipv4Text(destination) : '0.0.0.0',
    prefix,
    ...(gateway?.length === 4 ? { gateway: ipv4Text(gateway) } : {}),
    metric: readU32(attributes.get(RTA.metric)) ?? 0,
    protocol,
  };
}
