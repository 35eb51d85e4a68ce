import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderError } from '../../lib/errors/render.ts';
import { readSettings } from './arguments.ts';
import { registerAll } from './register.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kit-binfmt-'));
  for (const name of ['d', 'm']) mkdirSync(join(root, name));
});
afterEach(() => rmSync(root, { recursive: true }));

function register(): string {
  const said: string[] = [];
  try {
    const settings = readSettings(['-dir', join(root, 'd'), '-mount', join(root, 'm')]);
    registerAll(settings, (line) => said.push(line));
  } catch (thrown) {
    said.push(renderError(thrown));
  }
  return said.join('\n').replaceAll(root, '');
}

test('the kernel gets each line as it is; what is wrong is named, and the others are registered', () => {
  writeFileSync(join(root, 'm/register'), '');
  writeFileSync(
    join(root, 'd/a.conf'),
    ':one:M:0:MZ::/missing:F\n:two:M:0:\xfe\xff::/any:\nnonsense\n',
    'latin1',
  );
  const text = register();
  expect(text).toMatch(/^registered two\n/);
  expect(text).toMatch(
    /\/d\/a\.conf:1:1: Cannot register "one": "\/missing" is no program in this container/,
  );
  expect(text).toMatch(/\/d\/a\.conf:3:1: /);
  expect(readFileSync(join(root, 'm/register'), 'latin1')).toBe(':two:M:0:\xfe\xff::/any:');
});

test('without the file system of the kernel', () => {
  expect(register()).toMatch(/"\/m" is no mounted binfmt_misc/);
});

test('words that are no flags', () => {
  expect(() => readSettings(['x'])).toThrow(/takes flags only/);
  expect(readSettings([])).toEqual({ folder: '/etc/binfmt.d', mountPoint: '/binfmt_misc' });
});
