import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-folder-'));
afterAll(() => rmSync(dir, { recursive: true }));

const modeOf = (...names: string[]): number => statSync(join(dir, ...names)).mode & 0o777;

test('missing parents are made with the same mode, and a folder that is there is kept', () => {
  makeFolder(join(dir, 'a/b/c'), 0o700);
  expect([modeOf('a'), modeOf('a/b'), modeOf('a/b/c')]).toEqual([0o700, 0o700, 0o700]);
  makeFolder(join(dir, 'a/b'), 0o755);
  expect(modeOf('a/b')).toBe(0o700);
  makeFolder(`${join(dir, 'slash')}/x/`);
  makeFolder('/');
  makeFolder('.');
});

test('a link to a folder counts as one', () => {
  mkdirSync(join(dir, 'real'));
  symlinkSync('real', join(dir, 'link'));
  symlinkSync('gone', join(dir, 'dangling'));
  makeFolder(join(dir, 'link/sub'));
  expect(statSync(join(dir, 'real/sub')).isDirectory()).toBe(true);
  expect(() => makeFolder(join(dir, 'dangling'))).toThrow('EEXIST');
  expect(() => makeFolder(join(dir, 'dangling/sub'))).toThrow('EEXIST');
});

test('a file in the way, and a file system where nothing can be made, are errors', () => {
  writeFileSync(join(dir, 'file'), '');
  expect(() => makeFolder(join(dir, 'file'))).toThrow('EEXIST');
  expect(() => makeFolder(join(dir, 'file/sub'))).toThrow('ENOTDIR');
  for (const path of ['/proc/kit-x', '/proc/kit-x/y/z']) expect(() => makeFolder(path)).toThrow('ENOENT');
});
