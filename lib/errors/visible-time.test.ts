import { expect, test } from 'vitest';
import { visibleTime } from './visible-time.ts';

const epoch = '1970-01-01T00:00:00.000Z';

test.each([
  [1_767_225_600_123n, '2026-01-01T00:00:00.123Z'],
  [1_767_225_600_123, '2026-01-01T00:00:00.123Z'],
  [0, epoch],
  [-1, '1969-12-31T23:59:59.999Z'],
  [8.64e15, '+275760-09-13T00:00:00.000Z'],
  [8.64e15 + 1, epoch],
  [-(2n ** 63n), epoch],
  [2n ** 64n - 1n, epoch],
  [Number.NaN, epoch],
])('%s', (ms, text) => {
  expect(visibleTime(ms)).toBe(text);
  expect(visibleTime(ms)).toBe(text);
});
