import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difference, fixedOf, nanosecondsOf, secondsOf, timeOf, timestampOf } from './timestamp.ts';

const ns = (date: string): bigint => BigInt(Date.parse(date)) * 1_000_000n;
/** From 1970 to 2170. */
const times = fc.bigInt({ min: 0n, max: 200n * 31_557_600n * 1_000_000_000n });

test('the eras of 1900 and 2036', () => {
  expect(timestampOf(0n)).toBe(2_208_988_800n << 32n);
  expect(timestampOf(ns('2036-02-07T06:28:15Z')) >> 32n).toBe(0xffff_ffffn);
  expect(timestampOf(ns('2036-02-07T06:28:16Z'))).toBe(0n);
  // A clock of before the turn is told a time of after it.
  expect(timeOf(5n << 32n, ns('2030-01-01'))).toBe(ns('2036-02-07T06:28:21Z'));
  expect(secondsOf(difference(5n << 32n, 0xffff_fffen << 32n))).toBe(7);
});

test('a time survives as a timestamp, seen from any clock within 68 years', () => {
  const seconds68 = 2n ** 31n * 1_000_000_000n - 1_000_000_000n;
  fc.assert(
    fc.property(times, fc.bigInt({ min: -seconds68, max: seconds68 }), (time, away) => {
      const found = timeOf(timestampOf(time), time + away);
      expect(found - time >= -1n && found - time <= 1n).toBe(true);
    }),
  );
});

test('nanoseconds survive as a difference, with their sign', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), (value) => {
      expect(nanosecondsOf(fixedOf(value))).toBe(value);
    }),
  );
});
