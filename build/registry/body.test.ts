import { expect, test } from 'vitest';
import { waitOf } from './body.ts';

const now = Date.parse('2026-10-21T07:28:00Z');

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
  ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
  ['-1', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %s', (header, expected) => {
  expect(waitOf(header, now)).toBe(expected);
});
