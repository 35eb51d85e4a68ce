import fc from 'fast-check';
import { expect, test } from 'vitest';
import { broadcastOf, ipv4Bytes, ipv4Text, isHostAddress, networkOf, prefixOfMask } from './ipv4.ts';

test('text is encoded to bytes and decoded again', () => {
  fc.assert(fc.property(fc.ipV4(), (text) => ipv4Text(ipv4Bytes(text)) === text));
});

test.each([
  '',
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.256',
  '1.2.3.-4',
  ' 1.2.3.4',
  '1.2.3.4\n',
  '0x1.2.3.4',
  '05.0.2.15',
])('refuses %j', (text) => expect(() => ipv4Bytes(text)).toThrow(RangeError));

test('every prefix has a netmask, and a mask with holes has no prefix', () => {
  for (let prefix = 0; prefix <= 32; prefix++) {
    expect(prefixOfMask(networkOf('255.255.255.255', prefix))).toBe(prefix);
  }
  expect(prefixOfMask('255.0.255.0')).toBeUndefined();
});

test('networks and their broadcast addresses', () => {
  expect([networkOf('10.0.2.15', 24), broadcastOf('10.0.2.15', 24)]).toEqual(['10.0.2.0', '10.0.2.255']);
  expect([networkOf('10.1.2.3', 0), broadcastOf('192.168.7.9', 30)]).toEqual(['0.0.0.0', '192.168.7.11']);
});

test('which addresses an interface can have', () => {
  expect(['10.0.2.15', '192.168.0.1', '223.255.255.254'].every(isHostAddress)).toBe(true);
  expect(['0.0.0.0', '127.0.0.1', '224.0.0.1', '255.255.255.255'].some(isHostAddress)).toBe(false);
});
