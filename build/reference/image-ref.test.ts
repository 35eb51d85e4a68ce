import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KitError } from '../../lib/errors/errors.ts';
import { kitRoot } from '../host/paths.ts';
import { cacheNames, expandedName, hasDigest, isLocalFile, parseImageRef, refKey } from './image-ref.ts';

const digest = `sha256:${'0a'.repeat(32)}`;
const folder = '/there';
const packages = new Map([['kit/web:3f2a', '/there/web']]);
const parse = (text: string) => parseImageRef(text, { folder, packages });

describe('packages', () => {
  test.each([
    ['pkg/sshd', ['/there/pkg/sshd', join(kitRoot, 'pkg/sshd')], true],
    ['./web', ['/there/web'], false],
    ['../web', ['/web'], false],
    ['.', ['/there'], false],
    ['..', ['/'], false],
    ['/srv/my web', ['/srv/my web'], false],
    ['pkg/../web', ['/there/web'], false],
    ['pkg/../../etc', ['/etc'], false],
  ])('%s', (text, folders, isNamed) => {
    expect(parse(text)).toEqual({ kind: 'package', text, name: undefined, base: folder, folders, isNamed });
    expect(isLocalFile(parse(text))).toBe(!isNamed);
    expect(expandedName(parse(text))).toBeUndefined();
  });

  test('a name that a template made is the folder of the template', () => {
    const ref = parse('kit/web:3f2a');
    expect(ref).toMatchObject({ kind: 'package', folders: ['/there/web'] });
    expect(expandedName(ref)).toBe('docker.io/kit/web:3f2a');
    expect(refKey(ref)).toBe(refKey(parse('./web')));
  });
});

describe('archives', () => {
  const file = (path: string, pick = {}) => ({ file: join('/there', path), shown: path, ...pick });
  test.each([
    ['oci-archive:i.tar', 'oci-archive', [file('i.tar')]],
    ['docker-archive:a/d.tar', 'docker-archive', [file('a/d.tar')]],
    ['oci:layout', 'oci', [file('layout')]],
    ['oci:a/b:1', 'oci', [file('a/b:1'), file('a/b', { name: '1' })]],
    ['oci:a:', 'oci', [file('a')]],
    ['oci:my images/a b', 'oci', [file('my images/a b')]],
    [
      'docker-archive:d.tar:ghcr.io:5/me/x:1',
      'docker-archive',
      [
        file('d.tar:ghcr.io:5/me/x:1'),
        file('d.tar:ghcr.io:5/me/x', { name: '1' }),
        file('d.tar:ghcr.io', { name: '5/me/x:1' }),
        file('d.tar', { name: 'ghcr.io:5/me/x:1' }),
      ],
    ],
    ['oci:a:@1', 'oci', [file('a:@1'), file('a', { at: 1 })]],
    [`oci:a@${digest}`, 'oci', [file('a', { digest })]],
    [`oci:a:x@${digest}`, 'oci', [file('a:x', { digest }), file('a', { name: 'x', digest })]],
  ])('%s', (text, transport, readings) => {
    const ref = parse(text);
    expect(ref).toEqual({ kind: 'archive', text, transport, readings });
    expect(isLocalFile(ref)).toBe(true);
    expect(expandedName(ref)).toBeUndefined();
    expect(hasDigest(ref as never)).toBe(text.includes(digest));
  });

  test('an absolute path stays, and the name in the cache has it', () => {
    const ref = parse('oci-archive:/srv/i.tar:v1');
    expect(ref).toMatchObject({ readings: [{ file: '/srv/i.tar:v1' }, { file: '/srv/i.tar', name: 'v1' }] });
    expect(cacheNames(ref as never)).toEqual(['oci-archive:/srv/i.tar:v1', 'oci-archive:/srv/i.tar:v1']);
    expect(cacheNames(parse(`oci:x:@2@${digest}`) as never)).toContain(`oci:/there/x:@2@${digest}`);
  });

  test('a text with thousands of colons is not tried thousands of times', () => {
    const ref = parse(`oci:${'a:'.repeat(2000)}`);
    expect(ref.kind === 'archive' && ref.readings.length).toBe(16);
  });
});

describe('images of registries', () => {
  test.each([
    ['redis', 'docker.io/library/redis', ['redis', 'docker.io/library/redis:latest']],
    ['ghcr.io/me/x:1', 'ghcr.io/me/x:1', ['ghcr.io/me/x:1']],
    ['docker://redis:7', 'docker.io/library/redis:7', ['docker://redis:7', 'docker.io/library/redis:7']],
    ['docker:27', 'docker.io/library/docker:27', ['docker:27', 'docker.io/library/docker:27']],
    ['dir:1', 'docker.io/library/dir:1', ['dir:1', 'docker.io/library/dir:1']],
    ['kit/x:3f', 'docker.io/kit/x:3f', ['kit/x:3f', 'docker.io/kit/x:3f']],
  ])('%s', (text, expanded, names) => {
    const ref = parse(text);
    expect(ref.kind).toBe('registry');
    expect(expandedName(ref)).toBe(expanded);
    expect(cacheNames(ref as never)).toEqual(names);
    expect(isLocalFile(ref)).toBe(false);
  });
});

test.each([
  ['docker-daemon:redis:7', 'kit does not read images by "docker-daemon:"', '"redis:7", and use --docker'],
  ['containers-storage:x', 'kit does not read images by "containers-storage:"', 'podman save'],
  ['dir:/srv/x', 'kit does not read images by "dir:"', 'skopeo copy dir:/srv/x oci-archive:FILE'],
  ['oci-layout:///x', 'kit does not read images by "oci-layout:"', 'oci:/x names an OCI layout'],
  ['oci:', 'it names no file', undefined],
  ['oci-archive::1', 'it names no file', undefined],
  ['Redis', 'names are lower-case', undefined],
  ['my image', 'it may hold', undefined],
])('%s is refused', (text, why, hint) => {
  const attempt = (): unknown => parse(text);
  expect(attempt).toThrow(`Cannot use image name "${text}": `);
  expect(attempt).toThrow(why);
  expect(attempt).toThrow(
    expect.objectContaining({ hint: hint === undefined ? undefined : expect.stringContaining(hint) }),
  );
});

test('any text is a reference of one kind with a stable key, or a KitError that quotes it', () => {
  const parts = fc.constantFrom(...['oci:', 'oci-archive:', 'docker-archive:', 'dir:', 'pkg/', './', '/']);
  const letters = fc.string({ unit: fc.constantFrom(...'aZ09./:@-_ []#é\0'), maxLength: 60 });
  const texts = fc.oneof(
    letters,
    fc.string(),
    fc.tuple(parts, letters).map((both) => both.join('')),
  );
  const check = (text: string): void => {
    try {
      const ref = parse(text);
      expect(ref.text).toBe(text);
      expect(refKey(ref)).toBe(refKey(parse(text)));
      if (ref.kind === 'archive') expect(ref.readings.every(({ file }) => file.startsWith('/'))).toBe(true);
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(KitError);
    }
  };
  fc.assert(fc.property(texts, check), { numRuns: 3000 });
});
