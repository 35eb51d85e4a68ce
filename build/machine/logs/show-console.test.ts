import { expect, test } from 'vitest';
import { lastLines } from './show-console.ts';

test.each([
  ['a\nb\nc\n', 0, 'a\nb\nc\n'],
  ['a\nb\nc\n', 1, 'c\n'],
  ['a\nb\nc\n', 2, 'b\nc\n'],
  ['a\nb\nc\n', 9, 'a\nb\nc\n'],
  ['a\nb\nlogin: ', 1, 'login: '],
  ['', 2, ''],
])('the last lines of %j, at most %i', (text, count, expected) => {
  expect(String(lastLines(Buffer.from(text), count))).toBe(expected);
});
