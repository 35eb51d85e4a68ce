import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { needsRoot } from '../../test/support/needs.ts';
import { bundleFolder, findBundle, stampFile } from './find-bundle.ts';
import { stampOf } from './stamp.ts';

let dir: string;
let folder: string;
let bundle: string;
let source: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit bundle ü '));
  folder = join(dir, 'bundle');
  mkdirSync(folder, { mode: 0o700 });
  bundle = join(folder, 'main.mjs');
  source = join(dir, 'a source.ts');
  for (const path of [bundle, source]) writeFileSync(path, 'text', { mode: 0o600 });
  const stamps = [bundle, source].map(stampOf).join('\n');
  writeFileSync(join(folder, stampFile), stamps, { mode: 0o600 });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Writes until the clock of the file system has made a step. */
function rewrite(path: string, text: string): void {
  const { ctimeMs } = statSync(path);
  do writeFileSync(path, text);
  while (statSync(path).ctimeMs === ctimeMs);
}

test('a bundle is found as long as nothing has changed', () => {
  expect(findBundle(folder)).toBe(bundle);
  expect(findBundle(folder)).toBe(bundle);
});

test.each([
  ['has other text', (path: string): void => rewrite(path, 'longer text')],
  [
    'has other text of the same length and the same time',
    (path: string): void => {
      const { atime, mtime } = statSync(path);
      rewrite(path, 'TEXT');
      utimesSync(path, atime, mtime);
    },
  ],
  [
    'is another file of the same name',
    (path: string): void => {
      writeFileSync(`${path}.new`, 'text');
      renameSync(`${path}.new`, path);
    },
  ],
  ['is gone', (path: string): void => rmSync(path)],
  [
    'is a folder',
    (path: string): void => {
      rmSync(path);
      mkdirSync(path);
    },
  ],
])('no bundle when a source, or the bundle itself, %s', (_what, change) => {
  change(source);
  expect(findBundle(folder)).toBeUndefined();
  const stamps = [bundle, bundle].map(stampOf).join('\n');
  writeFileSync(join(folder, stampFile), stamps);
  expect(findBundle(folder)).toBe(bundle);
  change(bundle);
  expect(findBundle(folder)).toBeUndefined();
});

test.each(['', '\n', 'undefined', '1 2 3', 'x'.repeat(100)])('no bundle for the damaged stamp %j', (text) => {
  writeFileSync(join(folder, stampFile), text);
  expect(findBundle(folder)).toBeUndefined();
});

test('no bundle without the folder, or without a stamp', () => {
  rmSync(join(folder, stampFile));
  expect(findBundle(folder)).toBeUndefined();
  expect(findBundle(join(dir, 'absent'))).toBeUndefined();
});

test.each([
  ['its folder', 0o777, (): string => folder],
  ['the folder above', 0o777, (): string => dir],
  ['the folder above for a group', 0o770, (): string => dir],
  ['the stamp', 0o666, (): string => join(folder, stampFile)],
  ['its file', 0o666, (): string => bundle],
])('no bundle when others can write %s', (_what, mode, path) => {
  chmodSync(path(), mode);
  // Its own change of mode is not what counts.
  if (path() === bundle) writeFileSync(join(folder, stampFile), stampOf(bundle) ?? '');
  expect(findBundle(folder)).toBeUndefined();
});

test('a bundle is found below a folder such as /tmp, and through a link to a folder of this user', () => {
  chmodSync(dir, 0o1777);
  expect(findBundle(folder)).toBe(bundle);
  symlinkSync(folder, join(dir, 'link'));
  expect(findBundle(join(dir, 'link'))).toBe(bundle);
});

test('no bundle through a link to a folder that others can write', () => {
  chmodSync(folder, 0o777);
  symlinkSync(folder, join(dir, 'link'));
  expect(findBundle(join(dir, 'link'))).toBeUndefined();
});

test('no stamp that is a link', () => {
  renameSync(join(folder, stampFile), join(dir, 'elsewhere'));
  symlinkSync(join(dir, 'elsewhere'), join(folder, stampFile));
  expect(lstatSync(join(folder, stampFile)).isSymbolicLink()).toBe(true);
  expect(findBundle(folder)).toBeUndefined();
});

test.each([
  ['its folder', (): string => folder],
  ['the folder above', (): string => dir],
  ['the stamp', (): string => join(folder, stampFile)],
])('no bundle when %s belongs to somebody else', needsRoot('to give a file away'), (_what, path) => {
  chownSync(path(), 65534, 65534);
  expect(findBundle(folder)).toBeUndefined();
});

test('each checkout has a folder of its own; none without a cache, or for a name that is too long', () => {
  expect(bundleFolder('/c', '/a/kit')).toBe('/c/checkout-%2Fa%2Fkit');
  expect(bundleFolder('/c', '/a%2Fkit')).toBe('/c/checkout-%2Fa%252Fkit');
  expect(bundleFolder(undefined, '/a')).toBeUndefined();
  expect(bundleFolder('', '/a')).toBeUndefined();
  expect(bundleFolder('/c', `/${'a'.repeat(250)}`)).toBeUndefined();
  expect(bundleFolder('/c', '/a\nb')).toBeUndefined();
});
