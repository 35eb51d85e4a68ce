import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readVsockAddress, vsockAddress } from './vsock.ts';

test('golden: an address is a sockaddr_vm', () => {
  expect(vsockAddress({ cid: 2, port: 4911 }).toString('hex')).toBe(
    '28000000' + '2f130000' + '02000000' + '00000000',
  );
});

test('an encoded address is decoded unchanged', () => {
  const number = fc.nat({ max: 0xffff_ffff });
  fc.assert(
    fc.property(number, number, (cid, port) => {
      expect(readVsockAddress(vsockAddress({ cid, port }))).toEqual({ cid, port });
    }),
  );
});
