import fc from 'fast-check';
import { expect, test } from 'vitest';
import { symbolRange } from './symbol-range.ts';
import { elfWith } from './testing.ts';

const data = Buffer.from('what the symbol names');
const file = elfWith('icudt78_dat', data);

test('the range of a symbol is where its bytes are', () => {
  const { at, size } = symbolRange(file, /^icudt\d+_dat$/) ?? { at: 0, size: 0 };
  expect(file.subarray(at, at + size)).toEqual(data);
});

test('a name counts as a whole, and another file has none', () => {
  expect(symbolRange(file, /^icudt$/)).toBeUndefined();
  expect(symbolRange(file, /^other$/)?.size).toBe(4);
  expect(symbolRange(data, /./)).toBeUndefined();
  const of32Bits = Buffer.from(file).fill(1, 4, 5);
  expect(symbolRange(of32Bits, /^icudt78_dat$/)).toBeUndefined();
});

test('a symbol that reaches beyond the file is none', () => {
  const size = file.indexOf(Buffer.from([data.length, 0, 0, 0, 0, 0, 0, 0]));
  const long = Buffer.from(file);
  long.writeBigUInt64LE(1n << 60n, size);
  expect(symbolRange(long, /^icudt78_dat$/)).toBeUndefined();
});

test('whatever the tables say, a range lies within the file', () => {
  const damage = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 8 });
  fc.assert(
    fc.property(damage, fc.nat(file.length), (changes, length) => {
      const bytes = Buffer.from(file.subarray(0, length));
      for (const [at, value] of changes) if (at < length) bytes[at] = value;
      const range = symbolRange(bytes, /^icudt78_dat$/);
      if (range) expect(range.at + range.size).toBeLessThanOrEqual(bytes.length);
    }),
  );
});
