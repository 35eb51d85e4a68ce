import { mkdtempSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { guestFiles } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (path: string): string => join(folder, path);

test('an unreadable file is read as undefined, a missing folder is listed as empty', () => {
  expect(guestFiles.read(at('none'))).toBeUndefined();
  expect(guestFiles.read(folder)).toBeUndefined();
  expect(guestFiles.list(at('none'))).toEqual([]);
});

test('a folder gets its mode whatever the umask, and missing parents', () => {
  guestFiles.makeFolder(at('a/b'), 0o1777);
  expect(statSync(at('a/b')).mode & 0o7777).toBe(0o1777);
});

test('a replaced file has the new text, and no temporary file is left', () => {
  guestFiles.makeFolder(at('texts'), 0o755);
  guestFiles.write(at('texts/x'), 'old');
  guestFiles.replace(at('texts/x'), 'new');
  expect(guestFiles.read(at('texts/x'))).toBe('new');
  expect(guestFiles.list(at('texts'))).toEqual(['x']);
});

test('a link is made, but does not replace a file', () => {
  guestFiles.link(at('link'), folder);
  expect(readlinkSync(at('link'))).toBe(folder);
  guestFiles.write(at('file'), 'kept');
  guestFiles.link(at('file'), folder);
  expect(guestFiles.read(at('file'))).toBe('kept');
});
