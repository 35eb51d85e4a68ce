import { dhcpPorts } from '../../../lib/net/dhcp-ports.ts';
import { ipv4Bytes, ipv4Text } from '../../../lib/net/ipv4.ts';
import { decodeUdp, encodeUdp } from '../../../lib/net/packet-udp.ts';
import type { Lan } from './lan.ts';

/*
 * DHCP (RFC 2131) for machines whose addresses are fixed: each lease is for ever, so that no machine comes
 * back to renew it, and there is neither a router nor a name server.
 *
 *     Ethernet: 6 destination | 6 source | u16 type    then IPv4, UDP and the message:
 *     u8 op (1 request, 2 reply) | u8 hardware type | u8 hardware address length | u8 hops | u32 xid
 *     | u16 seconds | u16 flags | 4 ciaddr | 4 yiaddr | 4 siaddr | 4 giaddr
 *     | 16 chaddr | 64 sname | 128 file | 4 magic cookie | options: u8 code | u8 length | value
 */

const ethernetSize = 14;
const ETHERTYPE_IPV4 = 0x0800;
const fixedSize = 236;
const optionsStart = 240;
const magicCookie = 0x63825363;
const code = { mask: 1, requested: 50, leaseTime: 51, type: 53, server: 54, pad: 0, end: 255 } as const;
const types = { discover: 1, offer: 2, request: 3, ack: 5, nak: 6 } as const;
const infinite = Buffer.alloc(4, 0xff);
/** Some clients drop messages shorter than BOOTP's 300 bytes. */
const leastSize = 300;

/** The switch's address on the wire: locally administered. */
const ownMac = Buffer.from('52544b495400', 'hex');

/** Whether `answerDhcp` has to look at a frame: IPv4 without options, UDP, to the port of servers. */
export const mayAskDhcp = (frame: Buffer): boolean =>
  frame.length > 42 &&
  frame.readUInt16BE(12) === ETHERTYPE_IPV4 &&
  frame[23] === 17 &&
  frame.readUInt16BE(36) === dhcpPorts.server;

/**
 * The frame that answers a DHCPDISCOVER or DHCPREQUEST of a machine of the network; undefined for any other
 * frame.
 */
export function answerDhcp(frame: Buffer, lan: Lan): Buffer | undefined {
  if (frame.length < ethernetSize || frame.readUInt16BE(12) !== ETHERTYPE_IPV4) return undefined;
  const packet = decodeUdp(frame.subarray(ethernetSize));
  if (packet?.destinationPort !== dhcpPorts.server) return undefined;
  const message = packet.payload;
  if (message.length < optionsStart || message[0] !== 1 || message.readUInt32BE(fixedSize) !== magicCookie)
    return undefined;
  const mac = message.toString('hex', 28, 34).match(/../g)?.join(':') ?? '';
  const address = Object.hasOwn(lan.hosts, mac) ? lan.hosts[mac] : undefined;
  const options = optionsOf(message);
  const type = options.get(code.type)?.[0];
  if (address === undefined || (type !== types.discover && type !== types.request)) return undefined;
  // A machine that chose another server, of which there is none.
  const server = options.get(code.server);
  if (server?.length === 4 && ipv4Text(server) !== lan.server) return undefined;
  const answer =
    type === types.discover ? types.offer : isAsked(message, options, address) ? types.ack : types.nak;
  return toFrame(reply(message, answer, address, lan), message, lan);
}

/** Whether a request is for the address that the machine has: an old one is refused, so that it asks anew. */
function isAsked(message: Buffer, options: ReadonlyMap<number, Buffer>, address: string): boolean {
  const requested = options.get(code.requested);
  const asked = requested?.length === 4 ? ipv4Text(requested) : ipv4Text(message, 12);
  return asked === address;
}

/** The options in front of a damaged one. */
function optionsOf(message: Buffer): Map<number, Buffer> {
  const options = new Map<number, Buffer>();
  for (let at = optionsStart; at < message.length && message[at] !== code.end; ) {
    const option = message[at] ?? 0;
    if (option === code.pad) {
      at += 1;
      continue;
    }
    const end = at + 2 + (message[at + 1] ?? 0);
    if (at + 2 > message.length || end > message.length) break;
    options.set(option, message.subarray(at + 2, end));
    at = end;
  }
  return options;
}

function reply(request: Buffer, type: number, address: string, { server, prefix }: Lan): Buffer {
  const fixed = Buffer.alloc(optionsStart);
  request.copy(fixed, 0, 0, fixedSize);
  fixed[0] = 2;
  // hops, seconds, and all addresses but the machine's own on the wire.
  fixed.fill(0, 3, 4).fill(0, 8, 10).fill(0, 12, 28).fill(0, 44, fixedSize);
  fixed.writeUInt32BE(magicCookie, fixedSize);
  const isNak = type === types.nak;
  if (!isNak) ipv4Bytes(address).copy(fixed, 16);
  const mask = Buffer.alloc(4);
  mask.writeUInt32BE((0xffffffff << (32 - prefix)) >>> 0);
  const options: (readonly [number, Buffer])[] = [
    [code.type, Buffer.of(type)],
    [code.server, ipv4Bytes(server)],
    ...(isNak
      ? []
      : ([
          [code.leaseTime, infinite],
          [code.mask, mask],
        ] as const)),
  ];
  const encoded = options.map(([option, value]) => Buffer.concat([Buffer.of(option, value.length), value]));
  const bytes = Buffer.concat([fixed, ...encoded, Buffer.of(code.end)]);
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, leastSize - bytes.length))]);
}

function toFrame(payload: Buffer, request: Buffer, { server }: Lan): Buffer {
  const packet = encodeUdp({
    ...{ source: server, sourcePort: dhcpPorts.server },
    ...{ destination: '255.255.255.255', destinationPort: dhcpPorts.client },
    payload,
  });
  const type = Buffer.alloc(2);
  type.writeUInt16BE(ETHERTYPE_IPV4);
  return Buffer.concat([request.subarray(28, 34), ownMac, type, packet]);
}
