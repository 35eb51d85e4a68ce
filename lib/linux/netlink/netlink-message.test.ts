import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeAttributes,
  decodeNetlinkMessages,
  encodeAttributes,
  encodeNetlinkMessage,
  readU32,
  u32Bytes,
} from './netlink-message.ts';

test('golden: a message is its header and its padded body', () => {
  const message = encodeNetlinkMessage({ type: 18, flags: 0x301, sequence: 7, body: Buffer.from('abcde') });
  expect(message.toString('hex')).toBe('15000000120001030700000000000000' + '6162636465000000');
});

test('golden: attributes are padded, and their lengths are without padding', () => {
  const bytes = encodeAttributes([
    { type: 3, value: Buffer.from('lo\0') },
    { type: 4, value: u32Bytes(1500) },
  ]);
  expect(bytes.toString('hex')).toBe('070003006c6f0000' + '08000400dc050000');
  expect(readU32(decodeAttributes(bytes).get(4))).toBe(1500);
});

test('encoded messages are decoded unchanged', () => {
  const message = fc.record({
    type: fc.nat(0xffff),
    flags: fc.nat(0xffff),
    sequence: fc.nat(),
    body: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), (messages) => {
      expect(decodeNetlinkMessages(Buffer.concat(messages.map(encodeNetlinkMessage)))).toEqual(messages);
    }),
  );
});

test('damaged bytes are decoded or a RangeError, and never make it hang', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      for (const decode of [decodeNetlinkMessages, decodeAttributes]) {
        try {
          decode(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }
    }),
  );
});
