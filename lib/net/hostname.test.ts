import { expect, test } from 'vitest';
import { cleanHostname } from './hostname.ts';

test.each([
  ['web', 'web'],
  ['web.example.org.', 'web.example.org'],
  ['under_score', 'under_score'],
  [`${'a'.repeat(63)}.b`, `${'a'.repeat(63)}.b`],
])('%s is a hostname', (name, clean) => {
  expect(cleanHostname(name)).toBe(clean);
});

test.each([
  undefined,
  '',
  '.',
  'a..b',
  '-a',
  'a-',
  'two words',
  'a\nnameserver 6.6.6.6',
  'a'.repeat(64),
  Array(64).fill('abc').join('.'),
])('%j is not a hostname', (name) => {
  expect(cleanHostname(name)).toBeUndefined();
});
