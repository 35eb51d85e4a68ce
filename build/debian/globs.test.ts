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
])('%s and %s: %s', (glob, path, expected) => {
  expect(globMatcher([glob])(path)).toBe(expected);
});

test('an empty list of globs matches nothing', () => {
  expect(globMatcher([])('/x')).toBe(false);
});
