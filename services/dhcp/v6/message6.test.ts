import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipAddress } from '../../../lib/net/ip.ts';
import { linkDuid, uuidDuid } from './duid.ts';
import { lease6Of } from './lease6.ts';
import { decodeMessage6, encodeMessage6 } from './message6.ts';
import { encodeOption6 } from './options6.ts';
import { addressIn, subnetOf } from './prefix.ts';

const duid = linkDuid('52:54:00:12:34:56', Date.UTC(2000, 0, 1, 0, 0, 1));

test('golden: SOLICIT of an address and a prefix', () => {
  const bytes = encodeMessage6({
    ...{ type: 'solicit', xid: 0x123456, duid, elapsedMs: 20, iaid: 0x00123456 },
    ...{ addresses: [], prefixes: [{ prefix: '::', length: 56 }] },
  });
  expect(bytes.toString('hex')).toBe(
    '01123456' +
      '0001000e' + // client identifier: DUID-LLT
      '0001000100000001525400123456' +
      '000800020002' + // elapsed time
      '0006000a' + // options that are asked for
      '00170018001f00380052' +
      '0003000c' + // IA_NA
      '001234560000000000000000' +
      '00190029' + // IA_PD with a prefix of length 56
      '001234560000000000000000' +
      '001a0019000000000000000038' +
      '0'.repeat(32),
  );
});

/** What dnsmasq 2.90 answers, without its client's name. */
const reply = Buffer.from(
  '07123456' +
    '0001000e0001000100000001525400123456' +
    '0002000e000100012f000000525400aabbcc' +
    '000300280012345600000384000005a0' +
    '00050018fd000000000000000000000000000015' +
    '0000070800000e10' +
    '0007000100' +
    '00170010fd000000000000000000000000000053' +
    '0018000d' +
    '076578616d706c65036f726700' +
    '003800140001' +
    '0010fd000000000000000000000000000123' +
    '00190029001234560000000000000000' +
    '001a00190000070800000e1038fd000001000000000000000000000000',
  'hex',
);

test('golden: REPLY', () => {
  const message = decodeMessage6(reply);
  expect(message).toMatchObject({
    ...{ type: 'reply', xid: 0x123456, client: duid, preference: 0, rapidCommit: false },
    addresses: {
      renewal: 900,
      rebinding: 1440,
      leased: [{ address: 'fd00::15', preferred: 1800, valid: 3600 }],
    },
    prefixes: { leased: [{ prefix: 'fd00:1::', length: 56, preferred: 1800, valid: 3600 }] },
    ...{ dns: ['fd00::53'], search: ['example.org'], ntp: ['fd00::123'], faults: [] },
  });
  if (!message) throw new Error('no message');
  expect(lease6Of(message, 0)).toMatchObject({ renewAt: 900_000, rebindAt: 1_440_000, expiresAt: 3_600_000 });
});

test.each([
  ['fd000000000000000000000000000015', 'ff020000000000000000000000000001', 'address ff02::1: multicast'],
  ['fd000000000000000000000000000015', 'fe800000000000000000000000000001', 'address fe80::1: link-local'],
  [
    'fd000000000000000000000000000053',
    '00000000000000000000000000000001',
    'resolver ::1: not the address of a host',
  ],
  ['38fd0000010000', '08fd0000010000', 'prefix fd00:1::/8: wider than /16'],
])('what no honest server sends is left out and named: %s', (from, to, fault) => {
  const bytes = Buffer.from(reply.toString('hex').replace(from, to), 'hex');
  expect(decodeMessage6(bytes)?.faults).toEqual([fault]);
});

test('messages that are none, or of a client, are left out', () => {
  expect(decodeMessage6(Buffer.alloc(3))).toBeUndefined();
  for (const type of [1, 3, 10, 12]) {
    const bytes = Buffer.from(reply);
    bytes[0] = type;
    expect(decodeMessage6(bytes)).toBeUndefined();
  }
  expect(decodeMessage6(reply.subarray(0, 30))).toBeUndefined();
});

test('property: any bytes are decoded or left out', () => {
  const change = fc.array(fc.tuple(fc.nat(reply.length - 1), fc.nat(255)), { maxLength: 20 });
  fc.assert(
    fc.property(change, fc.nat(reply.length), (changes, length) => {
      const bytes = Buffer.from(reply);
      for (const [offset, value] of changes) bytes[offset] = value;
      decodeMessage6(bytes.subarray(0, length));
    }),
    { numRuns: 2000 },
  );
});

test('subnets of a prefix, and the address of a router in one', () => {
  const prefix = { prefix: '2001:db8:1:ab00::', length: 56 };
  expect([0, 1, 255, 256].map((at) => subnetOf(prefix, at))).toEqual([
    ...['2001:db8:1:ab00::', '2001:db8:1:ab01::', '2001:db8:1:abff::', undefined],
  ]);
  expect(addressIn('2001:db8:1:ab01::')).toBe('2001:db8:1:ab01::1');
});

test('a DUID is made of the UUID of the hardware, if that is one', () => {
  expect(uuidDuid('12345678-9ABC-def0-1234-56789abcdef0\n')?.toString('hex')).toBe(
    '0004123456789abcdef0123456789abcdef0',
  );
  for (const text of [undefined, '', '00000000-0000-0000-0000-000000000000', 'Not Settable'])
    expect(uuidDuid(text)).toBeUndefined();
});

test('time servers by address and by name, then those of the older option; each once', () => {
  const option = (code: number, value: Buffer): Buffer => encodeOption6(code, value);
  const [one, other] = ['fd00::1', 'fd00::2'].map((text) => ipAddress(text).bytes);
  if (!one || !other) throw new Error('no addresses');
  const ntp = [
    option(1, one),
    option(2, Buffer.alloc(16, 0xff)),
    option(3, Buffer.from('\x04time\x07example\x00', 'latin1')),
    option(3, Buffer.from('\x09cut', 'latin1')),
  ];
  const bytes = Buffer.concat([
    reply.subarray(0, 4),
    option(1, duid),
    option(2, duid),
    option(56, Buffer.concat(ntp)),
    option(31, Buffer.concat([other, one])),
  ]);
  expect(decodeMessage6(bytes)?.ntp).toEqual(['fd00::1', 'time.example', 'fd00::2']);
});
