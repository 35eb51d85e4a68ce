import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Machine } from '../records/find.ts';
import { machineFiles } from '../records/folder.ts';
import { lastLines, showConsole } from './show-console.ts';

test.each([
  ['a\nb\nc\n', 0, 'a\nb\nc\n'],
  ['a\nb\nc\n', 1, 'c\n'],
  ['a\nb\nc\n', 2, 'b\nc\n'],
  ['a\nb\nc\n', 9, 'a\nb\nc\n'],
  ['a\nb\nlogin: ', 1, 'login: '],
  ['', 2, ''],
])('the last lines of %j, at most %i', (text, count, expected) => {
  expect(String(lastLines(Buffer.from(text), count))).toBe(expected);
});

async function shown(text: string, isTTY: boolean): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'kit-console-'));
  writeFileSync(join(dir, machineFiles.console), text.slice(0, 5));
  appendFileSync(join(dir, machineFiles.console), text.slice(5));
  const stdout = Object.assign(new PassThrough(), { isTTY });
  const { signal } = new AbortController();
  await showConsole({ dir } as Machine, { tail: 0, follow: false }, { stdout, signal });
  rmSync(dir, { recursive: true });
  return String(stdout.read());
}

test('the log of the console makes no terminal act; a file gets it as it is', async () => {
  const text = 'up\r\n\x1b[31mred\x1b[0m\x1b]52;c;cm0=\x07\x1b[21t\x9b2J\u202e\r\r\nlogin: ';
  expect(await shown(text, true)).toBe('up\nred\\x1b]52;c;cm0=\\x07\\x1b[21t\\x9b2J\\u202e\nlogin: ');
  expect(await shown(text, false)).toBe(text);
});
