import fc from 'fast-check';
import {
  decodeNetlinkMessages,
  encodeAttributes,
  encodeNetlinkMessage,
} from '../../../lib/linux/netlink/netlink-message.ts';
import { decodeAddress, encodeAddress } from '../../../lib/linux/netlink/rtnetlink-address.ts';
import { decodeLink } from '../../../lib/linux/netlink/rtnetlink-link.ts';
import { decodeRoute, encodeRoute } from '../../../lib/linux/netlink/rtnetlink-route.ts';
import { cleanHostname } from '../../../lib/net/hostname.ts';
import { ipAddress, ipText } from '../../../lib/net/ip.ts';
import { decodeArp, encodeArp } from '../../../lib/net/packet-arp.ts';
import { decodeIcmp6, encodeIcmp6 } from '../../../lib/net/packet-icmp6.ts';
import { decodeUdp, encodeUdp } from '../../../lib/net/packet-udp.ts';
import { sourceOf } from '../../../lib/net/source.ts';
import { readDomainSearch } from '../../../services/dhcp/protocol/domain-search.ts';
import { decodeServerMessage, MessageRejected } from '../../../services/dhcp/protocol/message.ts';
import { parseRememberedLease } from '../../../services/dhcp/remembered.ts';
import { linkDuid } from '../../../services/dhcp/v6/duid.ts';
import { decodeMessage6 } from '../../../services/dhcp/v6/message6.ts';
import { encodeOption6 } from '../../../services/dhcp/v6/options6.ts';
import { readRouterAdvertisement } from '../../../services/dhcp/v6/router-advertisement.ts';
import { attempt, check, type Target, texts } from '../target.ts';

const route = { index: 2, destination: '10.0.0.0', prefix: 8, gateway: '10.0.2.2', metric: 1, protocol: 4 };
const address = { index: 2, address: 'fd00::15', prefix: 64, protocol: 3, validSeconds: 60 };

/** A reply with all options that the client reads. */
function dhcpReply(): Buffer {
  const head = Buffer.alloc(240);
  head.set([2, 1, 6, 0]);
  head.set([10, 0, 2, 15], 16);
  head.writeUInt32BE(0x6382_5363, 236);
  const options = [
    [53, 1, 5],
    [54, 4, 10, 0, 2, 2],
    [51, 4, 0, 0, 14, 16],
    [1, 4, 255, 255, 255, 0],
    [3, 4, 10, 0, 2, 2],
    [6, 8, 10, 0, 2, 3, 10, 0, 2, 4],
    [26, 2, 5, 220],
    [121, 8, 16, 10, 9, 10, 0, 2, 9, 0],
    [52, 1, 3],
    [119, 9, 1, 97, 0, 2, 98, 99, 192, 0, 0],
    [12, 4, 104, 111, 115, 116],
    [15, 3, 97, 46, 98],
    [255],
  ];
  return Buffer.concat([head, Buffer.from(options.flat())]);
}

export const dhcp: Target = {
  reads: [
    'services/dhcp/protocol/message.ts#decodeServerMessage',
    'services/dhcp/protocol/options.ts#readOptions',
  ],
  seeds: () => [dhcpReply()],
  words: ['\x35\x01\x05', '\x36\x04', '\x33\x04', '\x34\x01\x03', '\x79\x05', '\x77\x04\x01a\0', '\xff'],
  run: (bytes) => {
    const message = attempt(() => decodeServerMessage(bytes, '10.0.2.2'), MessageRejected);
    const { domains = [], search = [], hostname } = message?.options ?? {};
    for (const name of [hostname, ...domains, ...search])
      check(name === undefined || cleanHostname(name) === name, 'names are names, and nothing else');
  },
};

export const domainSearch: Target = {
  reads: ['services/dhcp/protocol/domain-search.ts#readDomainSearch'],
  seeds: () => [Buffer.from('\x03www\x07example\x03org\0\x04mail\xc0\x04', 'latin1')],
  words: ['\x01a', '\0', '\xc0\0'],
  run: (bytes) => {
    const { domains } = readDomainSearch(bytes);
    check(domains.length <= 6, 'resolvers read six');
    for (const domain of domains) check(!/[\s\0]/.test(domain), 'a domain is one word of resolv.conf');
  },
};

export const udpPacket: Target = {
  reads: ['lib/net/packet-udp.ts#decodeUdp'],
  seeds: () => [
    encodeUdp({
      ...{ source: '10.0.2.2', sourcePort: 67, destination: '10.0.2.15', destinationPort: 68 },
      payload: Buffer.from('hello'),
    }),
  ],
  // Few other inputs have the right checksum.
  inputs: () =>
    fc
      .record({
        ...{ source: fc.ipV4(), sourcePort: fc.nat(65_535) },
        ...{ destination: fc.ipV4(), destinationPort: fc.nat(65_535) },
        payload: fc.uint8Array({ maxLength: 40 }).map((payload) => Buffer.from(payload)),
      })
      .map(encodeUdp),
  run: (bytes) => {
    const packet = decodeUdp(bytes);
    if (packet) check(packet.payload.length <= bytes.length - 28, 'no more than was sent');
  },
};

export const arpPacket: Target = {
  reads: ['lib/net/packet-arp.ts#decodeArp'],
  seeds: () => [
    encodeArp({
      ...{ operation: 'reply', senderMac: '52:54:00:12:34:56' },
      ...{ senderAddress: '10.0.2.15', targetAddress: '10.0.2.2' },
    }),
  ],
  run: (bytes) => {
    const packet = decodeArp(bytes);
    if (packet) check(/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(packet.senderMac), 'a MAC address is one');
  },
};

/** An advertisement with an MTU, name servers and domains. */
const advertisement = Buffer.from(
  '40c00708000000000000000005010000000005781903000000000258fd000000000000000000000000000053' +
    '1f0300000000012c036c616e076578616d706c6500000000',
  'hex',
);
const routerPacket = (body: Buffer): Buffer =>
  encodeIcmp6({ source: 'fe80::1', destination: 'ff02::1', type: 134, code: 0, body });

export const routerAdvertisement: Target = {
  reads: [
    'lib/net/packet-icmp6.ts#decodeIcmp6',
    'services/dhcp/v6/router-advertisement.ts#readRouterAdvertisement',
  ],
  seeds: () => [routerPacket(advertisement)],
  // Few other inputs have the right checksum.
  inputs: () => fc.uint8Array({ maxLength: 120 }).map((body) => routerPacket(Buffer.from(body))),
  run: (bytes) => {
    decodeIcmp6(bytes);
    for (const packet of [bytes, routerPacket(bytes.subarray(0, 1400))]) {
      const { dns = [], search = [] } = readRouterAdvertisement(packet) ?? {};
      check(dns.length <= 8 && search.length <= 8, 'a router cannot fill the memory');
      for (const { value } of search) check(cleanHostname(value) === value, 'domains are names');
    }
  },
};

export const dhcp6: Target = {
  reads: ['services/dhcp/v6/message6.ts#decodeMessage6', 'services/dhcp/v6/options6.ts#readOptions6'],
  seeds: () => {
    const duid = linkDuid('52:54:00:12:34:56', 0);
    const lifetimes = Buffer.from('0000070800000e10', 'hex');
    const leased = encodeOption6(5, Buffer.concat([ipAddress('fd00::15').bytes, lifetimes]));
    const prefix = encodeOption6(26, Buffer.concat([lifetimes, Buffer.of(56), ipAddress('fd00:1::').bytes]));
    const status = encodeOption6(13, Buffer.from('\0\x02no more', 'latin1'));
    return [
      Buffer.concat([
        Buffer.of(7, 1, 2, 3),
        ...[encodeOption6(1, duid), encodeOption6(2, duid), encodeOption6(23, ipAddress('fd00::53').bytes)],
        encodeOption6(3, Buffer.concat([Buffer.alloc(12), leased, status])),
        encodeOption6(25, Buffer.concat([Buffer.alloc(12), prefix])),
        encodeOption6(24, Buffer.from('\x03lan\0', 'latin1')),
        encodeOption6(56, encodeOption6(1, ipAddress('fd00::123').bytes)),
      ]),
    ];
  },
  words: ['\0\x03\0\x28', '\0\x19', '\0\x1a\0\x19', '\0\x05\0\x18', '\0\x0d'],
  run: (bytes) => {
    const message = decodeMessage6(bytes);
    if (!message) return;
    check((message.addresses?.leased.length ?? 0) <= 8, 'few addresses');
    check(message.faults.length <= 9, 'a server cannot make the log long');
    for (const name of message.search) check(cleanHostname(name) === name, 'domains are names');
  },
};

export const rememberedLease: Target = {
  reads: ['services/dhcp/remembered.ts#parseRememberedLease'],
  seeds: () => texts('{"mac":"52:54:00:12:34:56","address":"10.0.2.15","expiresAt":1}'),
  words: ['"mac":', '"address":', 'null', '10.0.2.15'],
  run: (bytes) => {
    const lease = parseRememberedLease(bytes.toString('utf8'));
    if (lease) check(ipAddress(lease.address).family === 2, 'an address is one');
  },
};

export const netlink: Target = {
  reads: [
    'lib/linux/netlink/netlink-message.ts#decodeNetlinkMessages',
    'lib/linux/netlink/netlink-message.ts#decodeAttributes',
    'lib/linux/netlink/netlink-message.ts#readU32',
    'lib/linux/netlink/rtnetlink-address.ts#decodeAddress',
    'lib/linux/netlink/rtnetlink-link.ts#decodeLink',
    'lib/linux/netlink/rtnetlink-route.ts#decodeRoute',
    'lib/linux/netlink/rtnetlink-ip.ts#readIp',
  ],
  seeds: () => {
    const link = Buffer.alloc(16);
    const name = encodeAttributes([
      { type: 3, value: Buffer.from('eth0\0') },
      { type: 1, value: Buffer.from('525400123456', 'hex') },
      { type: 18, value: encodeAttributes([{ type: 1, value: Buffer.from('veth\0') }]) },
    ]);
    const bodies = [encodeRoute(route), encodeAddress(address), Buffer.concat([link, name])];
    return bodies.map((body) => encodeNetlinkMessage({ type: 24, flags: 0, sequence: 1, body }));
  },
  run: (bytes) => {
    for (const { body } of attempt(() => decodeNetlinkMessages(bytes), RangeError) ?? []) {
      attempt(() => decodeAddress(body), RangeError);
      attempt(() => decodeLink(body), RangeError);
      attempt(() => decodeRoute(body), RangeError);
    }
  },
};

export const ipAddresses: Target = {
  reads: ['lib/net/ip.ts#ipAddress', 'lib/net/source.ts#sourceOf'],
  seeds: () => texts('10.0.2.15', 'fd00::15', '::ffff:1.2.3.4', 'fe80::1%eth0', '::', '1:2:3:4:5:6:7.8.9.10'),
  words: ['::', '::ffff:', '255', '%eth0', '.0', 'fffff'],
  run: (bytes) => {
    const text = bytes.toString('latin1');
    sourceOf(text);
    const parsed = attempt(() => ipAddress(text), RangeError);
    if (!parsed) return;
    const canonical = ipText(parsed.bytes);
    check(ipAddress(canonical).bytes.equals(parsed.bytes), 'the text of an address is the address');
  },
};
