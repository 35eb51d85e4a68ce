import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactJson, parseExactJson } from './exact-json.ts';

test.each([
  '18446744073709551615',
  '-9223372036854775808',
  '9007199254740993',
  '[1,2.5,"18446744073709551615",null,true]',
  '{"process":{"rlimits":[{"hard":18446744073709551615,"soft":0}]}}',
])('%s keeps its digits', (text) => {
  expect(exactJson(parseExactJson(text))).toBe(text);
});

test('2^53, which 2^53+1 is rounded to, has its digits too', () => {
  expect(parseExactJson('[9007199254740992]')).toEqual([2n ** 53n]);
});

test('what a number holds stays a number', () => {
  expect(parseExactJson('[9007199254740991,-1,1e3,1.5,1e400]')).toEqual([
    2 ** 53 - 1,
    -1,
    1000,
    1.5,
    Infinity,
  ]);
});

test('a number above 2^53 is written with all digits, and a fraction as JSON does', () => {
  expect(exactJson([2 ** 63 - 4096 * 2, 2 ** 64, 1e-7, 0.5])).toBe(
    '[9223372036854767616,18446744073709551616,1e-7,0.5]',
  );
});

test('JSON.stringify refuses what it would round', () => {
  expect(() => JSON.stringify(parseExactJson('[18446744073709551615]'))).toThrow(TypeError);
});

test('a value that JSON cannot hold is refused, also beside a bigint', () => {
  const circle: unknown[] = [1n];
  circle.push(circle);
  expect(() => exactJson(circle)).toThrow(TypeError);
});

const integers = fc.bigInt(-(2n ** 63n), 2n ** 64n - 1n);

test('every 64-bit integer survives', () => {
  fc.assert(
    fc.property(fc.array(integers), (all) => {
      const text = `[${all.join(',')}]`;
      expect(exactJson(parseExactJson(text))).toBe(text);
      expect(parseExactJson<(number | bigint)[]>(text).map(BigInt)).toEqual(all);
    }),
  );
});

test('a document without large numbers is as with JSON', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      let large = false;
      const value: unknown = JSON.parse(text, (_key, held: unknown) => {
        large ||= Number.isInteger(held) && !Number.isSafeInteger(held);
        return held;
      });
      if (!large) expect([parseExactJson(text), exactJson(value)]).toEqual([value, JSON.stringify(value)]);
    }),
  );
});
