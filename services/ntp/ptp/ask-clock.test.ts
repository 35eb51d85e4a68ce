import { expect, test } from 'vitest';
import { secondsOf } from '../protocol/timestamp.ts';
import { askClock, measure } from './ask-clock.ts';
import { testPtpClocks } from './testing/clock-suite.ts';
import { fakeClocks } from './testing/fake-clocks.ts';

let now = 1_800_000_000_000_000_000n;
testPtpClocks(
  'a fake machine',
  fakeClocks({ now: () => ++now }, () => 0),
);

const at = 1_800_000_000_000_000_000n;

test('the quickest reading counts, and the clock stood in its middle', () => {
  const answer = measure(
    [
      { before: at, device: at + 900_000_000n, after: at + 90_000_000n },
      { before: at + 100n, device: at + 5_000_001_100n, after: at + 2100n },
      { before: at, device: at, after: at + 50_000n },
    ],
    0n,
  );
  if (answer.kind !== 'measurement') throw new Error(answer.kind);
  expect(secondsOf(answer.offset)).toBeCloseTo(5, 9);
  expect(answer.delay).toBe(2000 / 1e9);
});

test.each([
  ['none', []],
  ['one from the end to the beginning', [{ before: 2n, device: 1n, after: 1n }]],
])('%s is no reading', (_title, readings) => {
  expect(measure(readings, 0n)).toEqual({ kind: 'unusable', why: 'it gives no time' });
});

test('an error of the device is told', async () => {
  const read = () => {
    throw new Error('ioctl PTP_SYS_OFFSET "/dev/ptp0": operation not supported');
  };
  expect(await askClock(read, { floor: 0n })).toEqual({
    kind: 'silent',
    why: 'ioctl PTP_SYS_OFFSET "/dev/ptp0": operation not supported',
  });
});
