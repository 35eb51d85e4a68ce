import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { readSettings } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-postgres-'));
afterAll(() => rmSync(folder, { recursive: true }));
vi.stubEnv('KIT_METADATA', join(folder, 'metadata'));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('without arguments there is no password', () => {
  expect(readSettings([], {})).toEqual({ password: undefined, set: [] });
});

test('the password is that of the metadata, or of a file that is named', () => {
  mkdirSync(join(folder, 'metadata/postgres'), { recursive: true });
  file('metadata/postgres/password', 'of the metadata\n');
  expect(readSettings([], {}).password).toBe('of the metadata');
  const own = file('own', 'of a file\n');
  expect(readSettings(['--password-file', own], {}).password).toBe('of a file');
  expect(readSettings([], { POSTGRES_PASSWORD_FILE: own }).password).toBe('of a file');
});

test('settings of the server', () => {
  const args = ['--set', 'work_mem=64MB', '--set', 'search_path=a, b'];
  expect(readSettings(args, {}).set).toEqual(['work_mem=64MB', 'search_path=a, b']);
});

test.each([
  [['--set', 'work_mem'], '"work_mem": it is not NAME=VALUE'],
  [['--password-file', 'own'], '"own": the path is not absolute'],
  [['--password-file', '/not/there'], '"/not/there": it is missing or empty'],
  [['--password-file', file('lines', 'one\ntwo')], 'several lines'],
  [['--password', 'secret'], "Unknown option '--password'"],
])('%j is refused', (args, message) => {
  expect(() => readSettings(args, {})).toThrow(message);
});
