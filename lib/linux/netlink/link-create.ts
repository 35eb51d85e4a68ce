import { NLM, RTM, requestRoute } from './netlink.ts';
import { type Attribute, encodeAttributes, u32Bytes } from './netlink-message.ts';

/** include/uapi/linux/if_link.h, include/uapi/linux/veth.h */
const IFLA = {
  address: 1,
  name: 3,
  linkInfo: 18,
  netNsPid: 19,
  infoKind: 1,
  infoData: 2,
  vethPeer: 1,
} as const;

/** struct ifinfomsg, all zero: the interface is found by its name, and no flag is changed. */
const header = Buffer.alloc(16);

export interface NewLink {
  readonly name: string;
  /** `veth`, `dummy`, `bridge`, `wireguard`: the kernel loads the module of that name through modprobe. */
  readonly kind: string;
  /** veth only: the name of the peer, which is made in our network namespace. */
  readonly peer?: string | undefined;
  /** `52:54:00:12:34:56`; the kernel's choice if it is missing. */
  readonly mac?: string | undefined;
  /** Made in the network namespace of this process instead of ours. */
  readonly inNamespaceOf?: number | undefined;
}

/** Makes a software network interface (rtnetlink(7), RTM_NEWLINK). */
export function createLink({ name, kind, peer, mac, inNamespaceOf }: NewLink): void {
  const info: Attribute[] = [{ type: IFLA.infoKind, value: Buffer.from(kind) }];
  if (peer) info.push({ type: IFLA.infoData, value: encodeAttributes([peerNamed(peer)]) });
  const address = mac === undefined ? [] : [{ type: IFLA.address, value: macBytes(mac) }];
  const attributes = [named(name), ...address, { type: IFLA.linkInfo, value: encodeAttributes(info) }];
  const flags = NLM.create | NLM.exclusive;
  request([...attributes, ...namespaceOf(inNamespaceOf)], `create ${kind} interface ${name}`, flags);
}

/** Moves an interface to the network namespace of a process. */
export function moveLink(name: string, pid: number): void {
  request([named(name), ...namespaceOf(pid)], `move interface ${name} to process ${pid}`);
}

function request(attributes: readonly Attribute[], doing: string, flags = 0): void {
  const body = Buffer.concat([header, encodeAttributes(attributes)]);
  requestRoute({ type: RTM.newLink, flags, body }, doing);
}

function named(name: string): Attribute {
  return { type: IFLA.name, value: Buffer.from(`${name}\0`) };
}

const macBytes = (mac: string): Buffer => Buffer.from(mac.replaceAll(':', ''), 'hex');

function peerNamed(name: string): Attribute {
  return { type: IFLA.vethPeer, value: Buffer.concat([header, encodeAttributes([named(name)])]) };
}

function namespaceOf(pid: number | undefined): Attribute[] {
  return pid === undefined ? [] : [{ type: IFLA.netNsPid, value: u32Bytes(pid) }];
}
