import { expect, test } from 'vitest';
import { isBadWhiteout, meaningOf, whiteoutAbove } from './whiteout.ts';

test.each([
  ['.wh.gone', { kind: 'whiteout', folder: '', name: 'gone' }],
  ['a/b/.wh.gone', { kind: 'whiteout', folder: 'a/b', name: 'gone' }],
  ['a/.wh..hidden', { kind: 'whiteout', folder: 'a', name: '.hidden' }],
  ['.wh..wh..opq', { kind: 'opaque', folder: '' }],
  ['a/b/.wh..wh..opq', { kind: 'opaque', folder: 'a/b' }],
  ['.wh..wh.aufs', { kind: 'metadata' }],
  ['a/.wh..wh.plnk', { kind: 'metadata' }],
  ['.wh..wh.plnk/12.34', { kind: 'metadata' }],
  ['.wh..wh.orph/.wh.x', { kind: 'metadata' }],
  ['a.wh.b', { kind: 'file' }],
  ['', { kind: 'file' }],
] as const)('"%s" as a path of a layer', (path, expected) => {
  expect(meaningOf(path)).toEqual(expected);
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

test.each([
  ['a/.wh.b/c', 'a/.wh.b'],
  ['.wh.b/c/d', '.wh.b'],
  ['a/.wh.b', undefined],
  ['.wh..wh.plnk/1.2', undefined],
])('"%s" lies below the whiteout %s', (path, expected) => {
  expect(whiteoutAbove(path)).toBe(expected);
});
