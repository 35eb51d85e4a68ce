/**
 * DHCP messages (RFC 2131 section 2).
 *
 *     u8 op (1 request, 2 reply) | u8 hardware type | u8 hardware address length | u8 hops | u32 xid
 *     | u16 seconds | u16 flags | 4 ciaddr | 4 yiaddr | 4 siaddr | 4 giaddr
 *     | 16 chaddr | 64 sname | 128 file | 4 magic cookie | options
 */

import { ipv4Bytes, ipv4Text, isHostAddress } from '../../../lib/net/ipv4.ts';
import { code, encodeOption, type Options, readOptions } from './options.ts';

export const messageTypes = {
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  ack: 5,
  nak: 6,
  release: 7,
} as const;

/** A message that the client sends. */
export interface ClientMessage {
  readonly type: 'discover' | 'request' | 'decline';
  readonly xid: number;
  /** `52:54:00:12:34:56` */
  readonly mac: string;
  /** Since the exchange began. */
  readonly seconds: number;
  /** The configured address: only when renewing or rebinding. */
  readonly clientAddress?: string | undefined;
  readonly requestedAddress?: string | undefined;
  readonly server?: string | undefined;
  /** The machine's own name. */
  readonly hostname?: string | undefined;
}

/** A server's reply. */
export interface ServerMessage {
  readonly type: 'offer' | 'ack' | 'nak';
  readonly xid: number;
  readonly mac: string;
  /** The address for the client (yiaddr); 0.0.0.0 in a NAK. */
  readonly address: string;
  /** The server identifier; without that mandatory option, the address that the message came from. */
  readonly server: string;
  /** Whether the message has a server identifier. */
  readonly namesServer: boolean;
  readonly options: Options;
}

/** Thrown for a datagram that is not a DHCP server's reply; the message is the reason: `no message type`. */
export class MessageRejected extends Error {
  override readonly name = 'MessageRejected';
}

/** Whose exchange a datagram belongs to. */
export interface Addressee {
  readonly xid: number;
  /** `52:54:00:12:34:56` */
  readonly mac: string;
}

const fixedSize = 236;
const optionsStart = 240;
const magicCookie = 0x63825363;
const ETHERNET = 1;
const BOOTREPLY = 2;
/** The client's hardware address. */
const chaddr = { start: 28, end: 34 } as const;
/** Some relays drop messages shorter than BOOTP's 300 bytes. */
const leastSize = 300;
/**
 * Largest message to accept: an Ethernet frame less IP and UDP headers. Without option 57 servers send at
 * most 548.
 */
const maximalSize = 1472;

const requestedOptions = Buffer.from([
  code.subnetMask,
  code.router,
  code.dns,
  code.hostname,
  code.domain,
  code.mtu,
  code.ntp,
  code.leaseTime,
  code.server,
  code.renewalTime,
  code.rebindingTime,
  code.domainSearch,
  code.classlessRoutes,
  code.microsoftRoutes,
]);

/** The bytes of a DHCPDISCOVER, DHCPREQUEST or DHCPDECLINE. */
export function encodeClientMessage(message: ClientMessage): Buffer {
  const fixed = Buffer.alloc(optionsStart);
  fixed.set([1, ETHERNET, 6, 0]);
  fixed.writeUInt32BE(message.xid, 4);
  fixed.writeUInt16BE(Math.min(0xffff, message.seconds), 8);
  if (message.clientAddress) ipv4Bytes(message.clientAddress).copy(fixed, 12);
  const mac = Buffer.from(message.mac.replaceAll(':', ''), 'hex');
  mac.copy(fixed, 28);
  fixed.writeUInt32BE(magicCookie, fixedSize);
  const bytes = Buffer.concat([fixed, ...encodeOptions(message, mac), Buffer.of(code.end)]);
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, leastSize - bytes.length))]);
}

function encodeOptions(message: ClientMessage, mac: Buffer): Buffer[] {
  const { requestedAddress, server, hostname } = message;
  const maximum = Buffer.alloc(2);
  maximum.writeUInt16BE(maximalSize);
  return [
    encodeOption(code.messageType, Buffer.of(messageTypes[message.type])),
    encodeOption(code.clientId, Buffer.concat([Buffer.of(ETHERNET), mac])),
    ...(requestedAddress ? [encodeOption(code.requestedAddress, ipv4Bytes(requestedAddress))] : []),
    ...(server ? [encodeOption(code.server, ipv4Bytes(server))] : []),
    // RFC 2131 table 5: a DECLINE must not have the others.
    ...(message.type === 'decline'
      ? []
      : [
          ...(hostname ? [encodeOption(code.hostname, Buffer.from(hostname.slice(0, 63)))] : []),
          encodeOption(code.maximalSize, maximum),
          encodeOption(code.parameters, requestedOptions),
        ]),
  ];
}

/** Who a reply is for; undefined if it is too short to say, or no reply. */
export function addresseeOf(bytes: Buffer): Addressee | undefined {
  if (bytes.length < chaddr.end || bytes.readUInt8(0) !== BOOTREPLY) return undefined;
  const mac = bytes.toString('hex', chaddr.start, chaddr.end).match(/../g)?.join(':') ?? '';
  return { xid: bytes.readUInt32BE(4), mac };
}

/**
 * Parses a server's reply. What it says of the kind of hardware is not looked at: xid and hardware address
 * say whom it is for.
 * @param source the address that it came from
 * @throws MessageRejected if it is not one
 */
export function decodeServerMessage(bytes: Buffer, source: string): ServerMessage {
  const addressee = addresseeOf(bytes);
  if (addressee === undefined) return reject('not a reply');
  if (bytes.length < optionsStart) reject(`only ${bytes.length} bytes`);
  if (bytes.readUInt32BE(fixedSize) !== magicCookie) reject('BOOTP without DHCP options');
  const options = readOptions(bytes);
  const type = serverMessageType(options.messageType);
  const server = options.server ?? source;
  const named = options.server === undefined ? 'came from' : 'server identifier';
  if (!isHostAddress(server)) return reject(`${named} ${server}, which is not the address of a host`);
  const namesServer = options.server !== undefined;
  return { type, ...addressee, address: ipv4Text(bytes, 16), server, namesServer, options };
}

function serverMessageType(type: number | undefined): ServerMessage['type'] {
  if (type === messageTypes.offer) return 'offer';
  if (type === messageTypes.ack) return 'ack';
  if (type === messageTypes.nak) return 'nak';
  return reject(type === undefined ? 'no message type' : `message type ${type}`);
}

function reject(reason: string): never {
  throw new MessageRejected(reason);
}
