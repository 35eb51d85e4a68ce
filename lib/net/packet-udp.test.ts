import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksum, decodeUdp, encodeUdp } from './packet-udp.ts';

const packet = {
  source: '0.0.0.0',
  sourcePort: 68,
  destination: '255.255.255.255',
  destinationPort: 67,
  payload: Buffer.from('hello'),
};

test('golden: a broadcast', () => {
  expect(encodeUdp(packet).toString('hex')).toBe(
    '450000210000000040117acd00000000ffffffff' + '00440043000dbb7b' + '68656c6c6f',
  );
});

test('encoded datagrams are decoded unchanged', () => {
  const port = fc.nat(0xffff);
  const any = fc.record({
    source: fc.ipV4(),
    sourcePort: port,
    destination: fc.ipV4(),
    destinationPort: port,
    payload: fc.uint8Array({ maxLength: 1472 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(any, (value) => {
      expect(decodeUdp(encodeUdp(value))).toEqual(value);
    }),
  );
});

test('Ethernet padding after the packet is not part of the payload', () => {
  expect(decodeUdp(Buffer.concat([encodeUdp(packet), Buffer.alloc(20)]))?.payload.toString()).toBe('hello');
});

test('options of the IP header are skipped', () => {
  const plain = encodeUdp(packet);
  const header = Buffer.concat([plain.subarray(0, 20), Buffer.alloc(4, 1)]);
  header.writeUInt8(0x46, 0);
  header.writeUInt16BE(plain.length + 4, 2);
  header.writeUInt16BE(0, 10);
  header.writeUInt16BE(checksum(header), 10);
  expect(decodeUdp(Buffer.concat([header, plain.subarray(20)]))?.payload.toString()).toBe('hello');
});

test.each([
  ['another protocol', 9, 6],
  ['IPv6', 0, 0x65],
  ['a header longer than the packet', 0, 0x4f],
  ['a broken header checksum', 10, 0],
  ['a fragment', 6, 0x20],
  ['a total length beyond the end', 2, 0xff],
  ['a UDP length beyond the end', 24, 0xff],
  ['a UDP length below its header', 25, 7],
])('a packet with %s is not decoded', (_what, offset, value) => {
  const bytes = encodeUdp(packet);
  bytes.writeUInt8(value, offset);
  expect(decodeUdp(bytes)).toBeUndefined();
});

test('decoding never throws', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void decodeUdp(Buffer.from(bytes))));
});
