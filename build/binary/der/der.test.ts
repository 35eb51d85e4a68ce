import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentsOf, readDer, readValue, valuesIn } from './read.ts';
import { bits, context, none, octets, oid, sequence, setOf, time, unsigned } from './write.ts';

test.each([
  [oid('1.2.840.113549.1.7.2'), '06092a864886f70d010702'],
  [unsigned(Buffer.from([0, 0x80])), '02020080'],
  [unsigned(Buffer.from([0, 0])), '020100'],
  [bits(Buffer.from([0xff])), '030200ff'],
  [sequence(none, context(0, none)), '30060500a0020500'],
  [setOf(octets(Buffer.from([2])), octets(Buffer.from([1]))), '3106040101040102'],
  [time(new Date('2026-01-02T03:04:05Z')), `170d${Buffer.from('260102030405Z').toString('hex')}`],
  [time(new Date('2051-01-02T03:04:05Z')), `180f${Buffer.from('20510102030405Z').toString('hex')}`],
])('%# is in DER', (value, hex) => {
  expect(value.toString('hex')).toBe(hex);
});

test.each([
  ['30', 'it ends within a value'],
  ['3005', 'it ends within a value'],
  ['3080', 'without a definite length'],
  ['30850000000000', 'without a definite length'],
  ['308101ff', 'longer than needed'],
  ['30820001ff', 'longer than needed'],
  ['1f8100', 'a tag of several bytes'],
])('%s is refused', (hex, message) => {
  expect(() => readDer(Buffer.from(hex, 'hex'))).toThrow(message);
});

test('property: what is written is read again', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 70_000 }), { maxLength: 5 }), (parts) => {
      const whole = sequence(...parts.map(octets));
      const found = valuesIn(readValue(whole), 0x30).map((value) => contentsOf(value, 0x04));
      expect(found.map((one) => one.toString('hex'))).toEqual(
        parts.map((one) => Buffer.from(one).toString('hex')),
      );
    }),
    { numRuns: 100 },
  );
});
