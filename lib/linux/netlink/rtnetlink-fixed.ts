/**
 * Addresses and routes of both families that stay until somebody takes them away (rtnetlink(7); the messages are drawn
 * in rtnetlink-address.ts and rtnetlink-route.ts).
 */
import { ipAddress } from '../../net/ip.ts';
import { broadcastOf, ipv4Bytes } from '../../net/ipv4.ts';
import { NLM, RTM, requestRoute } from './netlink.ts';
import { type Attribute, encodeAttributes, u32Bytes } from './netlink-message.ts';

/** include/uapi/linux/if_addr.h */
const IFA = { address: 1, local: 2, broadcast: 4 } as const;
/** Duplicate address detection takes a second or two, in which no service can bind the address. */
const IFA_F_NODAD = 2;

/** include/uapi/linux/rtnetlink.h */
const RTA = { destination: 1, interface: 4, gateway: 5, metric: 6 } as const;
const RT_TABLE_MAIN = 254;
const RTPROT_STATIC = 4;
const RT_SCOPE_LINK = 253;
const RTN_UNICAST = 1;
/** The gateway is reachable on this link even if no address of ours says so (clouds hand out /32 addresses). */
const RTNH_F_ONLINK = 4;

const AF_INET = 2;

export interface FixedAddress {
  readonly index: number;
  /** `10.0.2.20`, `fd00::20` */
  readonly address: string;
  readonly prefix: number;
}

export interface FixedRoute {
  readonly index: number;
  readonly destination: string;
  /** 0 is the default route. */
  readonly prefix: number;
  readonly gateway?: string | undefined;
  readonly metric: number;
}

/** Gives an interface an address; one that it has already stays. */
export function setAddress({ index, address, prefix }: FixedAddress): void {
  const { family, bytes } = ipAddress(address);
  const header = Buffer.alloc(8);
  header.set([family, prefix, family === AF_INET ? 0 : IFA_F_NODAD, 0]);
  header.writeUInt32LE(index, 4);
  const attributes: Attribute[] = [
    { type: IFA.address, value: bytes },
    { type: IFA.local, value: bytes },
  ];
  if (family === AF_INET && prefix < 31) {
    attributes.push({ type: IFA.broadcast, value: ipv4Bytes(broadcastOf(address, prefix)) });
  }
  const body = Buffer.concat([header, encodeAttributes(attributes)]);
  requestRoute(
    { type: RTM.newAddress, flags: NLM.create | NLM.replace, body },
    `set address ${address}/${prefix}`,
  );
}

/** Sets a route, in place of one to the same destination with the same metric. */
export function setRoute({ index, destination, prefix, gateway, metric }: FixedRoute): void {
  const { family, bytes } = ipAddress(destination);
  const header = Buffer.alloc(12);
  const direct = gateway === undefined;
  // IPv6 has no scopes of routes, and takes a link-local gateway without being told that it is on the link.
  const scope = direct && family === AF_INET ? RT_SCOPE_LINK : 0;
  header.set([family, prefix, 0, 0, RT_TABLE_MAIN, RTPROT_STATIC, scope, RTN_UNICAST]);
  header.writeUInt32LE(direct ? 0 : RTNH_F_ONLINK, 8);
  const attributes: Attribute[] = [
    { type: RTA.interface, value: u32Bytes(index) },
    { type: RTA.metric, value: u32Bytes(metric) },
    ...(prefix > 0 ? [{ type: RTA.destination, value: bytes }] : []),
    ...(direct ? [] : [{ type: RTA.gateway, value: ipAddress(gateway).bytes }]),
  ];
  const body = Buffer.concat([header, encodeAttributes(attributes)]);
  requestRoute(
    { type: RTM.newRoute, flags: NLM.create | NLM.replace, body },
    `set route ${prefix === 0 ? 'default' : `${destination}/${prefix}`}`,
  );
}
