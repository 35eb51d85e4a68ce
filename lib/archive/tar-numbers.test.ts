import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeNumber, octalLimit, writeGnuNumber, writeOctal } from './tar-numbers.ts';

test.each([
  ['0000644\0', 0o644],
  ['   644 \0', 0o644],
  ['000644 \0', 0o644],
  ['\0\0\0\0\0\0\0\0', 0],
  ['        ', 0],
  // All digits, as v7 and star have written them.
  ['77777777', 0o77777777],
  // A zero byte of the field before.
  ['\x000644 ', 0o644],
  ['644\0junk', 0o644],
  ['644 junk', 0o644],
])('%j is octal', (text, value) => {
  expect(decodeNumber(Buffer.from(text, 'latin1'), 'mode')).toBe(value);
});

test.each([
  ['800000000000000280000000', 10 * 2 ** 30],
  ['ffffffffffffffffffffff9c', -100],
  ['ffffffffffffffff80000000', -(2 ** 31)],
  // Of 8 bytes.
  ['80000000002dc6c0', 3_000_000],
  ['80000000fffffffe', 4_294_967_294],
])('%s is base 256', (hex, value) => {
  expect(decodeNumber(Buffer.from(hex, 'hex'), 'size')).toBe(value);
});

test.each([
  ['0000648\0', 'a header has "0000648" as its mode'],
  ['-0000644', 'a header has "-0000644" as its mode'],
])('%j is refused', (text, message) => {
  expect(() => decodeNumber(Buffer.from(text), 'mode')).toThrow(message);
});

test('a number that no file can have is refused', () => {
  expect(() => decodeNumber(Buffer.from('80ffffffffffffffffffffff', 'hex'), 'size')).toThrow('too large');
});

test('every number is read as it was written, by GNU in any width that it fits', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.constantFrom(8, 12), (value, width) => {
      fc.pre(width === 12 || Math.abs(value) < 2 ** 54);
      const field = Buffer.alloc(width);
      writeGnuNumber(value, field);
      expect(decodeNumber(field, 'time')).toBe(value);
    }),
  );
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.constantFrom(8, 12), (value, width) => {
      const field = Buffer.alloc(width);
      if (value > octalLimit(width)) expect(() => writeOctal(value, field)).toThrow('does not fit');
      else writeOctal(value, field);
      if (value <= octalLimit(width)) expect(decodeNumber(field, 'time')).toBe(value);
    }),
  );
});
