import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adjustClock, clockNs, decodeTimex, encodeTimex } from './timex.ts';

test('reads the clock without changing it', () => {
  const { frequency, timeConstant, stepNs } = adjustClock();
  expect(Math.abs(Number(frequency) / 65_536)).toBeLessThanOrEqual(500);
  expect(timeConstant).toBeLessThanOrEqual(10n);
  // In microseconds or nanoseconds, as the status says; the seconds are those of the clock.
  expect(Math.abs(Number(stepNs / 1_000_000_000n) - Date.now() / 1000)).toBeLessThan(60);
});

test('clocks agree with those of Node', () => {
  expect(Math.abs(Number(clockNs('realtime') / 1_000_000n) - Date.now())).toBeLessThan(10_000);
  expect(clockNs('boottime')).toBeGreaterThanOrEqual(clockNs('monotonic') - 1_000_000_000n);
});

test('a step keeps its sign and its nanoseconds', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), (stepNs) => {
      const struct = encodeTimex({ stepNs });
      // timekeeping_validate_timex() refuses negative nanoseconds.
      expect(struct.readBigInt64LE(80)).toBeGreaterThanOrEqual(0n);
      expect(decodeTimex(struct).stepNs).toBe(stepNs);
    }),
  );
});
