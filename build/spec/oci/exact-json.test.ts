import { expect, test } from 'vitest';
import { parseExactly } from './exact-json.ts';

test('large numbers are written as they were read', () => {
  const text = '{"soft":18446744073709551615,"share":0.5,"one":1,"text":"18446744073709551615"}';
  expect(JSON.stringify(parseExactly(text))).toBe(text);
  expect(parseExactly<{ one: number }>(text).one).toBe(1);
});
