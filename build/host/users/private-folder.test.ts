import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { needsRoot } from '../../../test/support/needs.ts';
import { refuseForeign } from './own-folders.ts';
import { otherWriter } from './private-folder.ts';

let dir: string;
/** As kit's cache in a home of the usual mode. */
let cache: string;

beforeEach(() => {
  // Not below TMPDIR: it may be in a folder that nobody else enters, and so out of the reach of others.
  dir = mkdtempSync('/tmp/kit-users-');
  chmodSync(dir, 0o755);
  cache = join(dir, '.cache/kit');
  mkdirSync(cache, { recursive: true });
  for (const folder of [cache, join(dir, '.cache')]) chmodSync(folder, 0o755);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('nobody else writes a cache in a home', () => {
  expect(otherWriter(cache)).toBeUndefined();
  expect(otherWriter(join(cache, 'not/there'))).toBeUndefined();
  chmodSync(cache, 0o775);
  // The group of the same number is the user's own.
  chownSync(cache, userInfo().uid, userInfo().uid);
  expect(otherWriter(cache)).toBeUndefined();
});

test('a cache that every user can write, or a folder above it', () => {
  chmodSync(cache, 0o777);
  expect(otherWriter(cache)).toBe(`every user can write "${cache}"`);
  chmodSync(cache, 0o1777);
  expect(otherWriter(cache)).toBe(`every user can write "${cache}"`);
  chmodSync(cache, 0o755);
  chmodSync(join(dir, '.cache'), 0o777);
  expect(otherWriter(cache)).toBe(`every user can write "${join(dir, '.cache')}"`);
  expect(otherWriter(join(dir, '.cache/new'))).toBe(`every user can write "${join(dir, '.cache')}"`);
  // Only its owner replaces what is in a folder such as /tmp.
  chmodSync(join(dir, '.cache'), 0o1777);
  expect(otherWriter(cache)).toBeUndefined();
});

test('what is below a folder that nobody else enters is out of reach', () => {
  for (const folder of [cache, join(dir, '.cache')]) chmodSync(folder, 0o777);
  chmodSync(dir, 0o700);
  expect(otherWriter(cache)).toBeUndefined();
});

test('a folder of another user, or in one', needsRoot('another user'), () => {
  chownSync(join(dir, '.cache'), 1234, 1234);
  expect(otherWriter(cache)).toBe(`user 1234 owns "${join(dir, '.cache')}"`);
  chownSync(join(dir, '.cache'), 0, 0);
  chownSync(cache, 1234, 1234);
  expect(otherWriter(cache)).toBe(`user 1234 owns "${cache}"`);
  chownSync(cache, 0, 1234);
  chmodSync(cache, 0o775);
  expect(otherWriter(cache)).toBe(`group 1234 can write "${cache}"`);
});

test("a file of another user, and a link of theirs to a file of one's own", needsRoot('another user'), () => {
  const config = join(dir, 'config.yml');
  writeFileSync(config, '');
  chownSync(config, 1234, 1234);
  expect(() =>
    refuseForeign([{ what: 'the configuration', path: () => config, variable: 'KIT_CONFIG' }]),
  ).toThrow(`Cannot use "${config}" for the configuration: user 1234 owns "${config}"`);
  chmodSync(dir, 0o1777);
  const link = join(dir, 'link');
  symlinkSync(cache, link);
  expect(otherWriter(link)).toBeUndefined();
  rmSync(link);
  process.seteuid?.(1234);
  symlinkSync(cache, link);
  process.seteuid?.(0);
  expect(otherWriter(link)).toBe(`user 1234 owns "${link}"`);
});
