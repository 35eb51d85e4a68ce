import { expect, test } from 'vitest';
import { parseSince } from './since.ts';

const now = Date.UTC(2026, 0, 31, 12);

test.each([
  ['10m', now - 600_000],
  ['1h30m', now - 5_400_000],
  ['1.5s', now - 1500],
  ['2d500ms', now - 172_800_500],
  ['2026-01-31T10:00:00Z', now - 7_200_000],
  ['2026-01-31T12:00:00.5+02:00', now - 7_199_500],
  // Not before the epoch.
  ['100000d', 0],
])('since %s', (text, wanted) => {
  expect(parseSince(text, now)).toBe(wanted);
});

test.each([
  '',
  '10',
  'm',
  '10 m',
  '-5m',
  '10m!',
  '2026-01-31',
  '2026-01-31T12:00:00',
  '2026-13-31T12:00:00Z',
  'x',
])('%j is refused', (text) => {
  expect(() => parseSince(text, now)).toThrow(
    `Cannot show lines since "${text}": expected a duration or a time`,
  );
});
