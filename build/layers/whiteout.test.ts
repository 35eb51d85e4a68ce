import { expect, test } from 'vitest';
import { isBadWhiteout, whiteoutOf } from './whiteout.ts';

test.each([
  ['.wh.gone', { kind: 'file', path: 'gone' }],
  ['a/b/.wh.gone', { kind: 'file', path: 'a/b/gone' }],
  ['a/.wh..hidden', { kind: 'file', path: 'a/.hidden' }],
  ['.wh..wh..opq', { kind: 'opaque', path: '' }],
  ['a/b/.wh..wh..opq', { kind: 'opaque', path: 'a/b' }],
  ['a/.wh.x/b', undefined],
  ['a.wh.b', undefined],
  ['', undefined],
] as const)('"%s" as a whiteout', (path, expected) => {
  expect(whiteoutOf(path)).toEqual(expected);
});

test.each([
  ['a/.wh.', true],
  ['.wh..', true],
  ['a/.wh...', true],
  ['a/.wh....', false],
  ['a/.wh.b', false],
  ['a/.wh..wh..opq', false],
])('"%s" removes nothing: %s', (path, expected) => {
  expect(isBadWhiteout(path)).toBe(expected);
});
