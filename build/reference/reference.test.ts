import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KitError } from '../../lib/errors/errors.ts';
import { expandReference, formatReference, parseReference, withDefaultTag } from './reference.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

test.each([
  ['redis', 'docker.io/library/redis'],
  ['redis:7', 'docker.io/library/redis:7'],
  ['me/x', 'docker.io/me/x'],
  ['me/x:1', 'docker.io/me/x:1'],
  ['a/b/c:1', 'docker.io/a/b/c:1'],
  ['localhost/x', 'localhost/x'],
  ['localhost:5000/x', 'localhost:5000/x'],
  ['localhost:5000/a/x:1', 'localhost:5000/a/x:1'],
  ['127.0.0.1:5000/x:1', '127.0.0.1:5000/x:1'],
  ['[::1]:5000/x', '[::1]:5000/x'],
  ['ghcr.io/me/x:v1', 'ghcr.io/me/x:v1'],
  ['index.docker.io/redis', 'docker.io/library/redis'],
  ['registry-1.docker.io/me/x', 'docker.io/me/x'],
  ['docker.io/redis:7', 'docker.io/library/redis:7'],
  [`redis@${digest}`, `docker.io/library/redis@${digest}`],
  [`ghcr.io/me/x:v1@${digest}`, `ghcr.io/me/x:v1@${digest}`],
  ['linuxkit/init:3f2a_b.c-d', 'docker.io/linuxkit/init:3f2a_b.c-d'],
  ['x:5000', 'docker.io/library/x:5000'],
  ['x:5000/y', 'x:5000/y'],
])('%s is %s', (text, whole) => {
  expect(expandReference(text)).toBe(whole);
  expect(expandReference(whole)).toBe(whole);
});

test.each([
  ['', 'it has no name'],
  [':1', 'it has no name'],
  ['Redis', '"Redis" is not a valid part of a name: names are lower-case'],
  ['a//b', 'a part of its name is empty'],
  ['a/', 'a part of its name is empty'],
  ['a/../b', '".." is not a valid part of a name: it may hold a-z, 0-9, ".", "_", "-"'],
  ['a b', '"a b" is not a valid part of a name: it may hold'],
  ['redis:', '"" is not a valid tag'],
  ['redis:-x', '"-x" is not a valid tag'],
  [`redis:${'a'.repeat(129)}`, 'is not a valid tag'],
  ['redis@sha256:12', 'a digest is "sha256:" and 64 hex digits'],
  ['redis@md5:12', 'a digest is "sha256:" and 64 hex digits'],
  ['-a.b/x', '"-a.b" is not a valid host name'],
  ['user:secret@host.io/x', 'a digest is'],
  ['https://ghcr.io/x', '"https:" is not a valid host name'],
  ['a'.repeat(300), 'its name has 308 characters, at most 255'],
])('%s is refused', (text, why) => {
  const shown = text.length > 120 ? text.slice(0, 117) : text;
  expect(() => parseReference(text)).toThrow(why);
  expect(() => parseReference(text)).toThrow(`Cannot use image name "${shown}`);
});

test('a reference without tag and digest gets the tag latest', () => {
  expect(formatReference(withDefaultTag(parseReference('x')))).toBe('docker.io/library/x:latest');
  expect(formatReference(withDefaultTag(parseReference(`x@${digest}`)))).toBe(
    `docker.io/library/x@${digest}`,
  );
});

const name = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,4})?$/);
const reference = fc.record(
  {
    registry: fc.constantFrom(
      'docker.io',
      'localhost',
      'localhost:5000',
      'ghcr.io',
      '10.0.0.1:80',
      '[::1]:5000',
    ),
    repository: fc.array(name, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('/')),
    tag: fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,20}$/),
    digest: fc.stringMatching(/^[0-9a-f]{64}$/).map((hex): `sha256:${string}` => `sha256:${hex}`),
  },
  { requiredKeys: ['registry', 'repository'] },
);

test('a formatted reference is parsed again', () => {
  fc.assert(
    fc.property(reference, (value) => {
      expect(parseReference(formatReference(value))).toEqual(value);
    }),
  );
});

test('any text is a reference with a stable canonical form, or a KitError', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'aZ09./:@-_ []#é\0'), maxLength: 60 });
  const check = (text: string): void => {
    try {
      const whole = expandReference(text);
      expect(expandReference(whole)).toBe(whole);
      expect(parseReference(text).repository.split('/')).not.toContain('..');
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(KitError);
    }
  };
  fc.assert(fc.property(fc.oneof(letters, fc.string()), check), { numRuns: 3000 });
});
