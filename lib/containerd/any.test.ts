import { expect, test } from 'vitest';
import { parseExactJson } from '../json/exact-json.ts';
import { processAny, specAny } from './any.ts';

test('specs and processes keep the digits of 64-bit integers', () => {
  const text = '{"rlimits":[{"type":"RLIMIT_CORE","hard":18446744073709551615,"soft":0}]}';
  const process = parseExactJson<object>(text);
  expect(String(processAny(process).value)).toBe(text);
  expect(String(specAny({ process }).value)).toBe(`{"process":${text}}`);
});
