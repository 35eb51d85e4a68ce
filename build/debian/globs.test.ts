import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globMatcher } from './globs.ts';

test.each([
  ['/usr/bin/*', '/usr/bin/node', true],
  ['/usr/bin/*', '/usr/bin/a/b', false],
  ['/usr/share/doc/**', '/usr/share/doc', true],
  ['/usr/share/doc/**', '/usr/share/doc/a/b', true],
  ['/usr/share/doc/**', '/usr/share/docs', false],
  ['/usr/lib/*/lib{c,m}.so.?', '/usr/lib/x86_64-linux-gnu/libm.so.6', true],
  ['/usr/lib/*/lib{c,m}.so.?', '/usr/lib/x86_64-linux-gnu/libmxso.6', false],
  ['/lib/libstdc++.so.*', '/lib/libstdc++.so.6', true],
  ['/**/x', '/a/b/x', true],
  ['/usr/{bin,sbin}/**', '/usr/sbin', true],
  ['/usr/{bin,sbin}/**', '/usr/sbin/x/y', true],
  ['/usr/{bin,sbin}/**', '/usr/sbins', false],
  ['/a/***', '/a/b/c', true],
  ['a{b', 'a{b', true],
  ['{/a/**,/b}', '/a', true],
  ['/usr/share/doc/**', '/usr/share/doc/', true],
  ['lib?', 'lib/', false],
  ['lib?*', 'libx', true],
  ['*.{js,mjs}', 'ü😀.mjs', true],
  ['?', '😀', true],
  ['**', '', true],
])('%s and %s: %s', (glob, path, expected) => {
  expect(globMatcher([glob])(path)).toBe(expected);
});

test('an empty list of globs matches nothing', () => {
  expect(globMatcher([])('/x')).toBe(false);
});

test('a glob of many wildcards against a long text takes no time to speak of', () => {
  const glob = `${'*a'.repeat(200)}b`;
  expect(globMatcher([glob, '**x'.repeat(200)])('a'.repeat(4000))).toBe(false);
});

test('property: a glob without wildcards matches itself, and every text matches **', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      const plain = one.replace(/[*?{}]/g, '');
      expect(globMatcher([plain])(other)).toBe(other === plain);
      expect(globMatcher(['**'])(other)).toBe(true);
      expect(globMatcher([`${plain}**`])(plain + other)).toBe(true);
    }),
  );
});
