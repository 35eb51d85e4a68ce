import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipAddress, ipText } from '../../net/ip.ts';
import { decodeAddress, encodeAddress } from './rtnetlink-address.ts';
import { decodeLink, encodeLinkChange } from './rtnetlink-link.ts';
import { decodeRoute, encodeRoute } from './rtnetlink-route.ts';

test('golden: set an interface up and change its MTU', () => {
  const body = encodeLinkChange({ index: 2, up: true, mtu: 1400 });
  expect(body.toString('hex')).toBe('00000000' + '02000000' + '01000000' + '01000000' + '0800040078050000');
});

test('golden: an interface as the kernel describes it', () => {
  const body = Buffer.from(
    '0000010002000000430001' +
      '0000000000' + // ifinfomsg: Ethernet, interface 2, up, broadcast, running, lower up
      '0900030065746830000000' +
      '00' + // IFLA_IFNAME "eth0"
      '08000400dc050000' + // IFLA_MTU 1500
      '0800230003000000', // IFLA_CARRIER_CHANGES 3
    'hex',
  );
  expect(decodeLink(body)).toMatchObject({
    ...{ index: 2, name: 'eth0', type: 1, up: true, carrier: true, carrierChanges: 3, mtu: 1500 },
  });
});

test('golden: an IPv4 address with its lifetime', () => {
  const address = { index: 2, address: '10.0.2.15', prefix: 24, protocol: 16, validSeconds: 86_400 };
  const body = encodeAddress(address);
  expect(body.toString('hex')).toBe(
    '0218000002000000' + // AF_INET, /24, interface 2
      '080001000a00020f' + // IFA_ADDRESS
      '080002000a00020f' + // IFA_LOCAL
      '080004000a0002ff' + // IFA_BROADCAST
      '1400060080510100805101000000000000000000' + // IFA_CACHEINFO
      '05000b0010000000', // IFA_PROTO
  );
  expect(decodeAddress(body)).toEqual(address);
});

test('golden: a permanent IPv4 address, which has no broadcast address in a network of two', () => {
  const body = encodeAddress({ index: 2, address: '10.0.2.20', prefix: 24 });
  expect(body.toString('hex')).toBe(
    '0218000002000000' + '080001000a000214' + '080002000a000214' + '080004000a0002ff',
  );
  const pair = encodeAddress({ index: 2, address: '10.7.0.1', prefix: 31 });
  expect(pair.toString('hex')).toBe('021f000002000000' + '080001000a070001' + '080002000a070001');
});

test('golden: a permanent IPv6 address, usable at once', () => {
  const body = encodeAddress({ index: 2, address: 'fd00::20', prefix: 64 });
  const bytes = 'fd000000000000000000000000000020';
  expect(body.toString('hex')).toBe(
    '0a40020002000000' + // AF_INET6, /64, IFA_F_NODAD, interface 2
      `14000100${bytes}` + // IFA_ADDRESS
      `14000200${bytes}`, // IFA_LOCAL
  );
  expect(decodeAddress(body)).toEqual({
    ...{ index: 2, address: 'fd00::20', prefix: 64 },
    ...{ protocol: 0, validSeconds: Number.POSITIVE_INFINITY },
  });
});

test('golden: an IPv4 default route', () => {
  const route = {
    index: 2,
    destination: '0.0.0.0',
    prefix: 0,
    gateway: '10.0.2.2',
    metric: 102,
    protocol: 16,
  };
  const body = encodeRoute(route);
  expect(body.toString('hex')).toBe(
    '02000000fe10000104000000' + '0800040002000000' + '0800060066000000' + '080005000a000202',
  );
  expect(decodeRoute(body)).toEqual(route);
});

test('golden: an IPv4 route to a destination on the link', () => {
  const route = { index: 2, destination: '10.2.0.0', prefix: 16, metric: 0, protocol: 4 };
  const body = encodeRoute(route);
  expect(body.toString('hex')).toBe(
    '02100000fe04fd0100000000' + '0800040002000000' + '0800060000000000' + '080001000a020000',
  );
  expect(decodeRoute(body)).toEqual(route);
});

test('golden: an IPv6 default route through a link-local gateway', () => {
  const route = { index: 2, destination: '::', prefix: 0, gateway: 'fe80::1', metric: 5, protocol: 4 };
  const body = encodeRoute(route);
  expect(body.toString('hex')).toBe(
    '0a000000fe04000104000000' +
      '0800040002000000' +
      '0800060005000000' +
      '14000500fe800000000000000000000000000001',
  );
  expect(decodeRoute(body)).toEqual(route);
});

test('golden: an IPv6 route to a destination on the link, which has no scope', () => {
  const route = { index: 2, destination: 'fd00:1::', prefix: 32, metric: 0, protocol: 4 };
  const body = encodeRoute(route);
  expect(body.toString('hex')).toBe(
    '0a200000fe04000100000000' +
      '0800040002000000' +
      '0800060000000000' +
      '14000100fd000001000000000000000000000000',
  );
  expect(decodeRoute(body)).toEqual(route);
});

/** Addresses of both families as the decoder writes them. */
const ip = fc.oneof(fc.ipV4(), fc.ipV6().filter(parses)).map((text) => ipText(ipAddress(text).bytes));

/** fast-check also makes texts that node:net does not accept. */
function parses(text: string): boolean {
  try {
    return ipAddress(text).bytes.length > 0;
  } catch {
    return false;
  }
}

const bitsOf = (text: string): number => (text.includes(':') ? 128 : 32);

test('encoded addresses are decoded unchanged', () => {
  const address = ip.chain((text) =>
    fc.record({
      index: fc.integer({ min: 1, max: 1e6 }),
      address: fc.constant(text),
      prefix: fc.nat(bitsOf(text)),
      protocol: fc.nat(255),
      validSeconds: fc.integer({ min: 1, max: 1e9 }),
    }),
  );
  fc.assert(
    fc.property(address, (value) => {
      expect(decodeAddress(encodeAddress(value))).toEqual(value);
    }),
  );
});

test('encoded routes are decoded unchanged', () => {
  const route = ip.chain((text) =>
    fc.record({
      index: fc.integer({ min: 1, max: 1e6 }),
      destination: fc.constant(text),
      prefix: fc.integer({ min: 1, max: bitsOf(text) }),
      gateway: ip.filter((gateway) => bitsOf(gateway) === bitsOf(text)),
      metric: fc.nat(),
      protocol: fc.nat(255),
    }),
  );
  fc.assert(
    fc.property(route, (value) => {
      expect(decodeRoute(encodeRoute(value))).toEqual(value);
    }),
  );
});

test('an infinite lifetime stays infinite', () => {
  const address = { index: 1, address: '10.0.0.1', prefix: 8, protocol: 0 };
  const body = encodeAddress({ ...address, validSeconds: Number.POSITIVE_INFINITY });
  expect(decodeAddress(body)?.validSeconds).toBe(Number.POSITIVE_INFINITY);
});

test('routes other than unicast IP routes of the main table are left out', () => {
  const route = { index: 2, destination: '10.2.0.0', prefix: 16, metric: 0, protocol: 4 };
  for (const [offset, value] of [
    [0, 7],
    [4, 255],
    [7, 2],
  ] as const) {
    const body = encodeRoute(route);
    body.writeUInt8(value, offset);
    expect(decodeRoute(body)).toBeUndefined();
  }
});

test('an address whose length does not fit its family is left out', () => {
  const body = encodeAddress({ index: 2, address: '10.0.2.20', prefix: 24 });
  body.writeUInt8(10, 0);
  expect(decodeAddress(body)).toBeUndefined();
});

test('damaged bodies end in RangeError or in a value', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      for (const decode of [decodeLink, decodeAddress, decodeRoute]) {
        try {
          decode(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }
    }),
  );
});
