import type { OpenPorts } from '../../bundle/network.ts';
import { dhcpPorts, dhcpv6Ports } from '../../net/dhcp-ports.ts';
import { type NetlinkRequest, NLM, requestNetfilter } from './netlink.ts';
import { type Attribute, encodeAttributes, nested } from './netlink-message.ts';
import {
  accept,
  connectionState,
  type Expression,
  encodeExpressions,
  headerField,
  hostU32,
  meta,
  metaKeys,
  u32,
} from './nft-expression.ts';

/** include/uapi/linux/netfilter/nfnetlink.h, nf_tables.h */
const NFNL_SUBSYS_NFTABLES = 10;
const messageTypes = { batchBegin: 0x10, batchEnd: 0x11, newTable: 0, delTable: 2, newChain: 3, newRule: 6 };
const NFPROTO_UNSPEC = 0;
const NFPROTO_INET = 1;
const TABLE = { name: 1, flags: 2 } as const;
const CHAIN = { table: 1, name: 3, hook: 4, policy: 5, type: 7 } as const;
const HOOK = { number: 1, priority: 2 } as const;
const RULE = { table: 1, chain: 2, expressions: 4 } as const;
const NF_INET_LOCAL_IN = 1;
const NF_DROP = 0;

/** As `nft list ruleset` shows it. */
const table = 'kit';
const chain = 'input';

/**
 * Lets only these ports be reached from outside, over IPv4 and IPv6: the table `inet kit`, whose chain
 * `input` drops what no rule accepts. Replaces the table of an earlier call; the kernel does so all at once.
 * Of this network namespace only, and without what is forwarded.
 * @throws SyscallError of a kernel without nf_tables, among others
 */
export function setFirewall(open: readonly OpenPorts[]): void {
  requestNetfilter(firewallRequests(open), 'set up the firewall');
}

/** The batch, for tests. */
export function firewallRequests(open: readonly OpenPorts[]): NetlinkRequest[] {
  const named = [text(TABLE.name, table), u32(TABLE.flags, 0)];
  const { newTable, delTable } = messageTypes;
  return [
    batch(messageTypes.batchBegin),
    // Made first, since what is not there cannot be deleted.
    request(newTable, named, NLM.create),
    request(delTable, [text(TABLE.name, table)]),
    request(newTable, named, NLM.create),
    request(messageTypes.newChain, chainAttributes(), NLM.create),
    ...rules(open).map((expressions, at, all) =>
      // One answer suffices: for the last, or for the first that is refused.
      rule(expressions, at === all.length - 1 ? NLM.acknowledge : 0),
    ),
    batch(messageTypes.batchEnd),
  ];
}

function chainAttributes(): Attribute[] {
  const hook = nested(CHAIN.hook, [u32(HOOK.number, NF_INET_LOCAL_IN), u32(HOOK.priority, 0)]);
  return [
    text(CHAIN.table, table),
    text(CHAIN.name, chain),
    hook,
    u32(CHAIN.policy, NF_DROP),
    text(CHAIN.type, 'filter'),
  ];
}

function rule(expressions: readonly Expression[], flags: number): NetlinkRequest {
  const list = nested(RULE.expressions, []);
  const attributes = [
    text(RULE.table, table),
    text(RULE.chain, chain),
    { ...list, value: encodeExpressions([...expressions, accept()]) },
  ];
  return request(messageTypes.newRule, attributes, NLM.create | NLM.append | flags);
}

const protocols = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;
const established = 1 << 1;
const related = 1 << 2;
/** The interface `lo` of every network namespace. */
const loopback = 1;
/** Offsets in the headers of TCP and UDP, and of ICMP. */
const offsets = { sourcePort: 0, port: 2, icmpType: 0 } as const;

const transport = (name: keyof typeof protocols): Expression[] =>
  meta(metaKeys.transportProtocol, Buffer.of(protocols[name]));
const icmp = (name: 'icmp' | 'icmpv6', first: number, last = first): Expression[] => [
  ...transport(name),
  ...headerField(offsets.icmpType, 1, first, last),
];
const reply = ({ server, client }: { server: number; client: number }): Expression[] => [
  ...transport('udp'),
  ...headerField(offsets.sourcePort, 2, server),
  ...headerField(offsets.port, 2, client),
];

/** What is accepted. */
function rules(open: readonly OpenPorts[]): Expression[][] {
  return [
    meta(metaKeys.inputInterface, hostU32(loopback)),
    // Answers, and ICMP errors about what was sent.
    connectionState(established | related),
    // ping(8)
    icmp('icmp', 8),
    icmp('icmpv6', 128),
    // Multicast listeners; routers and neighbours, without which IPv6 does not work (RFC 4890, section 4.4).
    icmp('icmpv6', 130, 136),
    // Answers of DHCP servers, to a broadcast or from another address than was asked.
    reply(dhcpPorts),
    reply(dhcpv6Ports),
    ...open.map(({ protocol, first, last }) => [
      ...transport(protocol),
      ...headerField(offsets.port, 2, first, last),
    ]),
  ];
}

/** struct nfgenmsg: u8 family | u8 version | be16 resource */
function header(family: number, resource: number): Buffer {
  const bytes = Buffer.from([family, 0, 0, 0]);
  bytes.writeUInt16BE(resource, 2);
  return bytes;
}

const batch = (type: number): NetlinkRequest => ({
  type,
  body: header(NFPROTO_UNSPEC, NFNL_SUBSYS_NFTABLES),
});

const request = (type: number, attributes: readonly Attribute[], flags = 0): NetlinkRequest => ({
  type: (NFNL_SUBSYS_NFTABLES << 8) | type,
  flags,
  body: Buffer.concat([header(NFPROTO_INET, 0), encodeAttributes(attributes)]),
});

const text = (type: number, value: string): Attribute => ({ type, value: Buffer.from(`${value}\0`) });
