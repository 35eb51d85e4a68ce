import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible } from './visible.ts';

test.each([
  ['plain\ttext, größer → 漢字 👩‍💻', 'plain\ttext, größer → 漢字 👩‍💻'],
  ['\x1b[1;31mred\x1b[0m', 'red'],
  ['\x1b]0;title\x07', '\\x1b]0;title\\x07'],
  ['\x1b[2J\r\x00\x7f\x9b', '\\x1b[2J\\x0d\\x00\\x7f\\x9b'],
  ['a\u202eb', 'a\\u202eb'],
])('%j is made visible', (text, wanted) => {
  expect(visible(text)).toBe(wanted);
});

test('no control character is left, in any context', () => {
  const text = fc.string({ unit: fc.constantFrom('\x1b', '[', 'm', '0', ';', '\x9b', 'x', '\x1b[0m') });
  fc.assert(
    fc.property(text, (one) => {
      expect(visible(one)).not.toMatch(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/);
    }),
  );
});
