import { expect, test } from 'vitest';
import { kernelDate } from './kernel-date.ts';

test.each([
  ['#1 SMP PREEMPT_DYNAMIC Debian 6.12.57-1 (2025-11-05)', '2025-11-05'],
  ['#1 SMP Tue Dec 30 12:00:01 UTC 2025', '2025-12-30'],
  ['#1 SMP Mon Feb 30 12:00:01 UTC 2025', undefined],
  ['#1 SMP (1970-01-01)', undefined],
  ['#1-kit', undefined],
])('the date of kernel "%s" is %s', (version, date) => {
  expect(kernelDate(version)).toBe(date === undefined ? undefined : Date.parse(date));
});
