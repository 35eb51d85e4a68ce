import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArpPacket, decodeArp, encodeArp, isConflict } from './packet-arp.ts';

const mac = '52:54:00:12:34:56';
const other = '52:54:00:00:00:01';
const probe: ArpPacket = {
  ...{ operation: 'request', senderMac: mac, senderAddress: '0.0.0.0', targetAddress: '10.0.2.15' },
};

test('golden: a probe', () => {
  expect(encodeArp(probe).toString('hex')).toBe(
    '0001080006040001' + '525400123456' + '00000000' + '000000000000' + '0a00020f',
  );
});

test('encoded packets are decoded unchanged, with padding after them', () => {
  const packet = fc.record({
    operation: fc.constantFrom('request' as const, 'reply' as const),
    senderMac: fc.constantFrom(mac, other),
    ...{ senderAddress: fc.ipV4(), targetAddress: fc.ipV4() },
  });
  fc.assert(
    fc.property(packet, (value) => {
      expect(decodeArp(Buffer.concat([encodeArp(value), Buffer.alloc(18)]))).toEqual(value);
    }),
  );
});

test.each<[string, Partial<ArpPacket>, boolean]>([
  ['its own probe', {}, false],
  ['the probe of another', { senderMac: other }, true],
  ['a reply of its owner', { operation: 'reply', senderMac: other, senderAddress: '10.0.2.15' }, true],
  [
    'a request of its owner',
    { senderMac: other, senderAddress: '10.0.2.15', targetAddress: '10.0.2.2' },
    true,
  ],
  ['the question of a host that has another', { senderMac: other, senderAddress: '10.0.2.2' }, false],
])('%s: conflict %s', (_case, change, conflict) => {
  expect(isConflict({ ...probe, ...change }, '10.0.2.15', mac)).toBe(conflict);
});

test('other bytes are none, and never make it throw', () => {
  expect(decodeArp(encodeArp(probe).subarray(0, 27))).toBeUndefined();
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void decodeArp(Buffer.from(bytes))));
});
