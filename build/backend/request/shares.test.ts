import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseShares } from './shares.ts';

let dir: string;
beforeAll(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'kit-shares-')));
  mkdirSync(join(dir, 'a:b,c'));
  symlinkSync('a:b,c', join(dir, 'link'));
  writeFileSync(join(dir, 'file'), '');
});
afterAll(() => rmSync(dir, { recursive: true }));

test.each([
  ['a:b,c:src', 'a:b,c', { tag: 'src', readOnly: false, only9p: false }],
  ['./link:src,ro', 'a:b,c', { tag: 'src', readOnly: true, only9p: false }],
  ['.:A.b_c-1,9p,ro', '', { tag: 'A.b_c-1', readOnly: true, only9p: true }],
])('--share %s', (text, folder, share) => {
  expect(parseShares([text], dir)).toEqual([{ path: join(dir, folder), ...share }]);
});

test.each([
  ['', 'Cannot read share "": expected a folder, a colon and a tag'],
  [':src', 'expected a folder, a colon and a tag'],
  ['link', 'expected a folder, a colon and a tag'],
  ['link:', '"" is no tag'],
  ['link:.src', '".src" is no tag'],
  [`link:${'x'.repeat(32)}`, 'is no tag: 1 to 31 letters'],
  ['link:a/b', '"a/b" is no tag'],
  ['link:src,rw', 'Cannot read share "link:src,rw": no option "rw"'],
  ['nothing:src', 'Cannot share "nothing": no such folder'],
  ['file:src', 'Cannot share "file": it is no folder'],
])('--share %j is refused', (text, message) => {
  expect(() => parseShares([text], dir)).toThrow(message);
});

test('a tag is given once', () => {
  expect(() => parseShares(['.:a', 'link:b', 'link:a'], dir)).toThrow('as "a": another folder has this tag');
});
