import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions } from './version.ts';

test.each([
  ['1.0', '1.0', 0],
  ['1.0-1', '1.0-2', -1],
  ['1.9', '1.10', -1],
  ['1:1.0', '2.0', 1],
  ['1.0~rc1', '1.0', -1],
  ['1.0~rc1-1', '1.0~rc1-1+b1', -1],
  ['2.41-12', '2.41-12+deb13u1', -1],
  ['1.21.1+git20250501.dad20602+dfsg-1', '1.21.1+dfsg-1', 1],
  ['1.0a', '1.0+', -1],
  ['1.0-1', '1.0', 1],
  ['1.2-3-4', '1.2-3-5', -1],
  ['007', '7', 0],
])('%s and %s: %i', (a, b, order) => {
  expect(Math.sign(compareVersions(a, b))).toBe(order);
  expect(Math.sign(compareVersions(b, a))).toBe(0 - order);
});

const version = fc.stringMatching(/^([0-9]:)?[0-9][0-9a-c.+~-]{0,6}$/);

test('the order is total', () => {
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
        expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }
    }),
  );
});
