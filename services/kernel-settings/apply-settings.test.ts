import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderError } from '../../lib/errors/render.ts';
import { parseSysctls } from '../../lib/kernel-settings/setting-lines.ts';
import { applySettings } from './apply-settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kit-settings-'));
  put('sys/net/forward', '0\n');
  put('sys/kernel/modules_disabled', '1\n');
  put('sys/kernel/ranges', '1\t2\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** What is said, then the errors. */
function apply(): string {
  const said: string[] = [];
  const program = { root: join(folder, 'sys'), parse: parseSysctls };
  try {
    applySettings(join(folder, 'd'), program, (line) => said.push(line));
  } catch (thrown) {
    said.push(renderError(thrown));
  }
  return said.join('\n').replaceAll(folder, '');
}

test('files in the order of their names, whatever these end in, through links too; a later line wins', () => {
  put('d/20-b', 'net.forward = 2\n');
  put('d/10-a.conf', '# c\nnet.forward = 1\nnet/forward = 3\n');
  put('other', 'kernel.ranges=4 5\n');
  symlinkSync('../other', join(folder, 'd/30-c.conf'));
  expect(apply()).toBe('made 4 of 4 settings in /d');
  expect(readFileSync(join(folder, 'sys/net/forward'), 'utf8')).toBe('2\n');
  expect(readFileSync(join(folder, 'sys/kernel/ranges'), 'utf8')).toBe('4 5\n');
});

test('what is wrong is named with its line, and the rest is set', () => {
  put('d/a', 'net.forwart=1\n-net.missing=1\nnonsense\nnet.forward=1\n');
  mkdirSync(join(folder, 'd/folder'));
  const text = apply();
  expect(text).toMatch(/^made 1 of 3 settings in \/d\n/);
  expect(text).toMatch(/\/d\/a:3:1: .*it is not NAME = VALUE/);
  expect(text).toMatch(/\/d\/a:1:1: Cannot set "net\/forwart" to "1": this kernel has no such setting/);
  expect(text).toMatch(/"\/d\/folder": it is no regular file/);
  expect(text).not.toContain('missing');
  expect(readFileSync(join(folder, 'sys/net/forward'), 'utf8')).toBe('1\n');
});

test('a folder that is not there is an error', () => {
  expect(apply()).toMatch(/Cannot read the folder "\/d": ENOENT/);
});
