import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readServiceFile } from './service-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-service-file-'));
afterAll(() => rmSync(dir, { recursive: true }));
const at = (name: string): string => join(dir, name);

test('a small regular file is read; a link, a folder and a long file are not', () => {
  writeFileSync(at('name'), 'web\n');
  expect(readServiceFile(at('name'), 4)).toBe('web\n');
  symlinkSync('name', at('link'));
  mkdirSync(at('folder'));
  for (const name of ['link', 'folder', 'missing']) expect(readServiceFile(at(name), 64)).toBeUndefined();
  expect(readServiceFile(at('name'), 3)).toBeUndefined();
  expect(readServiceFile('/dev/zero', 64)).toBeUndefined();
});
