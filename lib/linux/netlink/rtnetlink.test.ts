import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeAddress, encodeAddress } from './rtnetlink-address.ts';
import { decodeLink, encodeLinkChange } from './rtnetlink-link.ts';
import { decodeRoute, encodeRoute } from './rtnetlink-route.ts';

test('golden: set an interface up and change its MTU', () => {
  const body = encodeLinkChange({ index: 2, up: true, mtu: 1400 });
  expect(body.toString('hex')).toBe('00000000' + '02000000' + '01000000' + '01000000' + '0800040078050000');
});

test('golden: an address with its lifetime', () => {
  const address = { index: 2, address: '10.0.2.15', prefix: 24, protocol: 16, validSeconds: 86_400 };
  const body = encodeAddress(address, '10.0.2.255');
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

test('golden: a default route', () => {
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

test('addresses and routes come back as they went', () => {
  const common = { index: fc.integer({ min: 1, max: 1e6 }), prefix: fc.nat(32), protocol: fc.nat(255) };
  const address = fc.record({
    ...common,
    address: fc.ipV4(),
    validSeconds: fc.integer({ min: 1, max: 1e9 }),
  });
  fc.assert(
    fc.property(address, (value) => {
      expect(decodeAddress(encodeAddress(value))).toEqual(value);
    }),
  );
  const prefix = fc.integer({ min: 1, max: 32 });
  const route = fc.record({
    ...common,
    prefix,
    destination: fc.ipV4(),
    gateway: fc.ipV4(),
    metric: fc.nat(),
  });
  fc.assert(
    fc.property(route, (value) => {
      expect(decodeRoute(encodeRoute(value))).toEqual(value);
    }),
  );
});

test('an address for ever stays one', () => {
  const body = encodeAddress({
    index: 1,
    address: '10.0.0.1',
    prefix: 8,
    protocol: 0,
    validSeconds: Number.POSITIVE_INFINITY,
  });
  expect(decodeAddress(body)?.validSeconds).toBe(Number.POSITIVE_INFINITY);
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
