import { NLM, RTM, requestRoute } from './netlink.ts';
import { type Attribute, encodeAttributes, u32Bytes } from './netlink-message.ts';

/** include/uapi/linux/netlink.h: an existing interface of that name is an error, and is not changed. */
const NLM_F_EXCL = 0x200;

/** include/uapi/linux/if_link.h, include/uapi/linux/veth.h */
const IFLA = {
  name: 3,
  link: 5,
  linkInfo: 18,
  netNsPid: 19,
  infoKind: 1,
  infoData: 2,
  vethPeer: 1,
  vlanId: 1,
} as const;

/** struct ifinfomsg, all zero: the interface is found by its name, and no flag is changed. */
const header = Buffer.alloc(16);

export interface NewLink {
  readonly name: string;
  /** `veth`, `dummy`, `bridge`, `wireguard`: the kernel loads the module of that name through modprobe. */
  readonly kind: string;
  /** veth only: the name of the peer, which is made in our network namespace. */
  readonly peer?: string | undefined;
  /** Made in the network namespace of this process instead of ours. */
  readonly inNamespaceOf?: number | undefined;
}

/** Makes a software network interface (rtnetlink(7), RTM_NEWLINK). */
export function createLink({ name, kind, peer, inNamespaceOf }: NewLink): void {
  const info: Attribute[] = [{ type: IFLA.infoKind, value: Buffer.from(kind) }];
  if (peer) info.push({ type: IFLA.infoData, value: encodeAttributes([peerNamed(peer)]) });
  const attributes = [named(name), { type: IFLA.linkInfo, value: encodeAttributes(info) }];
  const flags = NLM.create | NLM_F_EXCL;
  request([...attributes, ...namespaceOf(inNamespaceOf)], `create ${kind} interface ${name}`, flags);
}

/** Makes a VLAN (IEEE 802.1Q) on the interface with the index `link`. Needs the module 8021q. */
export function createVlan({ name, id, link }: { name: string; id: number; link: number }): void {
  const number = Buffer.alloc(2);
  number.writeUInt16LE(id);
  const info = encodeAttributes([
    { type: IFLA.infoKind, value: Buffer.from('vlan') },
    { type: IFLA.infoData, value: encodeAttributes([{ type: IFLA.vlanId, value: number }]) },
  ]);
  const attributes = [
    named(name),
    { type: IFLA.link, value: u32Bytes(link) },
    { type: IFLA.linkInfo, value: info },
  ];
  request(attributes, `create VLAN ${id} as interface ${name}`, NLM.create | NLM_F_EXCL);
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

function peerNamed(name: string): Attribute {
  return { type: IFLA.vethPeer, value: Buffer.concat([header, encodeAttributes([named(name)])]) };
}

function namespaceOf(pid: number | undefined): Attribute[] {
  return pid === undefined ? [] : [{ type: IFLA.netNsPid, value: u32Bytes(pid) }];
}
