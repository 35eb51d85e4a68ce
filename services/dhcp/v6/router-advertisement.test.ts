import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeIcmp6, encodeIcmp6 } from '../../../lib/net/packet-icmp6.ts';
import { readRouterAdvertisement } from './router-advertisement.ts';
import { RouterDns } from './router-dns.ts';

/** Lifetime of DNS: 600 s and 300 s. */
const body = Buffer.from(
  '40c0070800000000' +
    '00000000' +
    '0501000000000578' + // MTU 1400
    '19050000' + // RDNSS
    '00000258fd000000000000000000000000000053fe800000000000000000000000000001' +
    '1f030000' + // DNSSL
    '0000012c' +
    '036c616e076578616d706c650000' +
    '0000',
  'hex',
);
const packet = (change: object = {}): Buffer =>
  encodeIcmp6({ source: 'fe80::1', destination: 'ff02::1', type: 134, code: 0, body, ...change });

test('golden: flags, name servers and domains', () => {
  expect(readRouterAdvertisement(packet())).toEqual({
    ...{ router: 'fe80::1', managed: true, other: true },
    dns: [
      { value: 'fd00::53', seconds: 600 },
      { value: 'fe80::1', seconds: 600 },
    ],
    search: [{ value: 'lan.example', seconds: 300 }],
  });
});

test.each([
  ['from another network', packet({ source: 'fd00::1' })],
  ['of another type', packet({ type: 135 })],
  ['with an option of length 0', packet({ body: Buffer.concat([body, Buffer.of(25, 0, 0, 0, 0, 0, 0, 0)]) })],
  ['that is cut short', packet().subarray(0, -1)],
  ['that a router passed on', Buffer.concat([packet().subarray(0, 7), Buffer.of(254), packet().subarray(8)])],
  ['with a wrong checksum', Buffer.concat([packet().subarray(0, -1), Buffer.of(1)])],
])('an advertisement %s does not count', (_case, bytes) => {
  expect(readRouterAdvertisement(bytes)).toBeUndefined();
});

test('property: any body is read or left out, and a packet survives its way', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (random) => {
      const bytes = packet({ body: Buffer.from(random) });
      expect(decodeIcmp6(bytes)?.body.equals(random)).toBe(true);
      readRouterAdvertisement(bytes);
    }),
  );
});

test('settings of routers count for their time, and no longer', () => {
  const dns = new RouterDns();
  const plain = { router: 'fe80::1', managed: false, other: false, search: [] };
  const advertise = (seconds: number, now: number): boolean =>
    dns.take({ ...plain, dns: [{ value: 'fd00::53', seconds }] }, now);
  expect([advertise(60, 0), advertise(60, 10_000)]).toEqual([true, false]);
  expect([dns.nextExpiry(), dns.at(69_999).servers, dns.at(70_000).servers]).toEqual([
    70_000,
    ['fd00::53'],
    [],
  ]);
  advertise(Number.POSITIVE_INFINITY, 0);
  expect([dns.nextExpiry(), advertise(0, 1), dns.at(1).servers]).toEqual([undefined, true, []]);
});
