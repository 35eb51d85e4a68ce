import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from './file-name.ts';

test.each([
  ['web', 'web'],
  ['onboot.000-dhcp', 'onboot.000-dhcp'],
  ['../etc/passwd', '%2E.%2Fetc%2Fpasswd'],
  ['..', '%2E.'],
  ['.hidden', '%2Ehidden'],
  ['', '%'],
  ['a b\n', 'a%20b%0A'],
  ['100%', '100%25'],
  ['ünï', '%C3%BCn%C3%AF'],
])('the file name of source %j is %j', (source, name) => {
  expect(safeFileName(source)).toBe(name);
});

test('property: names stay within their folder and are unique', () => {
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 300, minLength: 180 }));
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(join('/var/log', `${safeFileName(one)}.log`)).toMatch(
        /^\/var\/log\/[A-Za-z0-9%_-][A-Za-z0-9%_.-]*\.log$/,
      );
      expect(safeFileName(one).length).toBeLessThanOrEqual(200);
      expect(safeFileName(one) === safeFileName(other)).toBe(one === other);
    }),
  );
});
