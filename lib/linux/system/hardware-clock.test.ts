import { expect, test } from 'vitest';
import { rtcTime } from './hardware-clock.ts';

test('a time in the fields of struct rtc_time', () => {
  const struct = rtcTime(Date.parse('2026-03-09T07:08:59.900Z'));
  const fields = Array.from({ length: 9 }, (_, index) => struct.readInt32LE(4 * index));
  expect(fields).toEqual([59, 8, 7, 9, 2, 126, 0, 0, 0]);
});
