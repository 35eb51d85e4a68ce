import { BlockList, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipAddress, ipText, isNetwork } from './ip.ts';

test.each([
  ['10.0.2.15', '0a00020f'],
  ['::', '0'.repeat(32)],
  ['::1', `${'0'.repeat(31)}1`],
  ['fd00:1::ABCD', 'fd00000100000000000000000000abcd'],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ['1::', '0001'.padEnd(32, '0')],
  ['::ffff:10.0.0.1', '00000000000000000000ffff0a000001'],
])('%s', (text, hex) => expect(ipAddress(text).bytes.toString('hex')).toBe(hex));

test.each(['', '10.0.2', '10.0.2.256', '1:2', '1::2::3', 'fe80::1%eth0', 'g::'])(
  '"%s" is not an address',
  (text) => {
    expect(() => ipAddress(text)).toThrow('Cannot read address');
  },
);

test.each([
  ['10.0.2.15', '10.0.2.15'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['FD00:0:0:1:0:0:0:1', 'fd00:0:0:1::1'],
  ['1:0:0:2:0:0:3:4', '1::2:0:0:3:4'],
  ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
  ['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::'],
])('%s is written as %s (RFC 5952)', (text, written) => {
  expect(ipText(ipAddress(text).bytes)).toBe(written);
});

test('an IPv6 address is written as URLs write it, and read back as the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(0xffff), (random, zeros) => {
      const bytes = Buffer.from(random.map((byte, at) => (zeros & (1 << at) ? 0 : byte)));
      expect(`[${ipText(bytes)}]`).toBe(new URL(`http://[${ipText(bytes)}]`).hostname);
      expect(ipAddress(ipText(bytes)).bytes).toEqual(bytes);
    }),
  );
});

test('bytes of any other length are refused', () => {
  expect(() => ipText(Buffer.alloc(5))).toThrow('Cannot read address: 5 bytes, expected 4 or 16');
});

test('an address is parsed as Node parses it', () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      fc.pre(isIPv6(text));
      const groups = ipAddress(text).bytes.toString('hex').match(/..../g) ?? [];
      const same = new BlockList();
      same.addAddress(groups.join(':'), 'ipv6');
      expect(same.check(text, 'ipv6')).toBe(true);
    }),
  );
});

test.each([
  ['10.1.0.0', 16, true],
  ['10.1.0.0', 15, false],
  ['10.1.0.1', 32, true],
  ['0.0.0.0', 0, true],
  ['fd00:1::', 32, true],
  ['fd00:1::', 31, false],
  ['fd00::1', 127, false],
] as const)('%s/%d is a network: %s', (text, prefix, yes) => {
  expect(isNetwork(ipAddress(text), prefix)).toBe(yes);
});
