import { expect, test } from 'vitest';
import { RateLimit } from './rate-limit.ts';

test('one event of a kind is reported in a minute, the others are counted', () => {
  let nowMs = 5000;
  const limit = new RateLimit(() => nowMs);
  expect([1, 2, 3].map(() => limit.report('a'))).toEqual([0, undefined, undefined]);
  expect(limit.report('b')).toBe(0);
  nowMs += 60_000;
  expect([limit.report('a'), limit.report('a')]).toEqual([2, undefined]);
});

test('made-up kinds share one report, and after a minute leave room for others', () => {
  let nowMs = 0;
  const limit = new RateLimit(() => nowMs);
  const reports = Array.from({ length: 1000 }, (_, kind) => limit.report(`kind ${kind}`));
  expect(reports.filter((report) => report !== undefined)).toHaveLength(201);
  nowMs += 60_000;
  expect(limit.report('honest')).toBe(0);
  expect(limit.report('kind 1000')).toBe(0);
});
