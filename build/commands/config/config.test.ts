import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testContext } from '../../host/testing.ts';
import { runCommand } from '../run-command.ts';

let home: string;
let file: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kit-config-'));
  file = join(home, 'xdg/kit/config.yml');
});
afterEach(() => rmSync(home, { recursive: true }));

async function config(args: string[], env: Record<string, string> = {}): Promise<string> {
  const stdout = new PassThrough();
  const context = testContext({ cwd: home, env: { XDG_CONFIG_HOME: join(home, 'xdg'), ...env }, stdout });
  expect(await runCommand(['config', ...args], context)).toBe(0);
  return text(stdout.end());
}

const mirror = 'https://mirror.example/debian';

test('a value is written, printed, and removed', async () => {
  await config(['set', 'debian.mirror', mirror]);
  expect(readFileSync(file, 'utf8')).toBe(`debian:\n  mirror: ${mirror}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await config(['get', 'debian.mirror'])).toBe(`${mirror}\n`);
  expect(JSON.parse(await config(['get', 'debian.mirror', '--json']))).toEqual({ value: mirror, from: file });
  await config(['unset', 'debian.mirror']);
  await expect(config(['get', 'debian.mirror'])).rejects.toThrow('Cannot get "debian.mirror": it is not set');
  await expect(config(['unset', 'debian.mirror'])).rejects.toThrow(
    `Cannot unset "debian.mirror": it is not in "${file}"`,
  );
});

test('a list takes several values', async () => {
  await config(['set', 'debian.snapshot', 'https://a.example/1', 'https://b.example/2']);
  expect(await config(['get', 'debian.snapshot'])).toBe('https://a.example/1 https://b.example/2\n');
});

test('a variable takes precedence over the file, and a list shows where values come from', async () => {
  await config(['set', 'debian.mirror', mirror]);
  await config(['set', 'debian.keyring', '/keys.pgp']);
  const env = { KIT_DEBIAN_MIRROR: 'https://user:secret@other.example/debian' };
  expect(await config(['list'], env)).toContain(
    `KEY                  VALUE                                  FROM
debian.mirror        https://other.example/debian           KIT_DEBIAN_MIRROR
debian.security      https://other.example/debian-security  KIT_DEBIAN_MIRROR
debian.snapshot      -                                      -
debian.keyring       /keys.pgp                              ${file}
debian.expired       -                                      -
packages.registries  -                                      -
trust.policy         -                                      -
`,
  );
  expect(JSON.parse(await config(['list', '--json'], env))).toMatchObject([
    { key: 'debian.mirror', value: 'https://other.example/debian', from: 'KIT_DEBIAN_MIRROR' },
    { key: 'debian.security', value: 'https://other.example/debian-security', from: 'KIT_DEBIAN_MIRROR' },
    { key: 'debian.snapshot', value: null, from: null },
    { key: 'debian.keyring', value: '/keys.pgp', from: file },
    { key: 'debian.expired', value: null, from: null },
    { key: 'packages.registries', value: null, from: null },
    { key: 'trust.policy', value: null, from: null },
  ]);
});

test('comments in the file are kept, and so is a link to it', async () => {
  mkdirSync(join(home, 'xdg/kit'), { recursive: true });
  writeFileSync(join(home, 'dotfile'), '# mine\ndebian:\n  mirror: https://old.example/debian # why\n');
  chmodSync(join(home, 'dotfile'), 0o644);
  symlinkSync(join(home, 'dotfile'), file);
  await config(['set', 'debian.keyring', '/keys.pgp']);
  expect(readFileSync(join(home, 'dotfile'), 'utf8')).toBe(
    '# mine\ndebian:\n  mirror: https://old.example/debian # why\n  keyring: /keys.pgp\n',
  );
});

test('KIT_CONFIG names another file', async () => {
  await config(['set', 'debian.mirror', mirror], { KIT_CONFIG: join(home, 'own.yml') });
  expect(readFileSync(join(home, 'own.yml'), 'utf8')).toContain(mirror);
});

test.each([
  [['set', 'debian.mirorr', mirror], 'Unknown setting "debian.mirorr" (did you mean "debian.mirror"?)'],
  [
    ['set', 'debian.mirror', 'mirror.example'],
    /^debian\.mirror must be an address that begins with "https:\/\/"/,
  ],
  [['set', 'debian.mirror', mirror, mirror], 'Cannot set debian.mirror to 2 values: it takes one'],
  [['set', 'debian.snapshot', mirror, 'x'], /^debian\.snapshot\[1\] must be an address/],
  [['set', 'debian.keyring', 'keys.pgp'], /^debian\.keyring must be the absolute path of a file/],
])('%j is refused', async (args, message) => {
  await expect(config(args)).rejects.toMatchObject({ exitCode: 2 });
  await expect(config(args)).rejects.toThrow(message);
});

test.each([
  ['an unknown key', 'debian: {miror: x}\n', /unknown key "miror" in debian \(did you mean "mirror"\?\)/],
  ['a value of the wrong type', 'debian: {mirror: 5}\n', /debian\.mirror must be an address/],
  ['a syntax error', 'debian: {\n', /./],
])('%s in the file is an error, and the file is not replaced', async (_title, content, message) => {
  mkdirSync(join(home, 'xdg/kit'), { recursive: true });
  writeFileSync(file, content);
  await expect(config(['list'])).rejects.toThrow(message);
  await expect(config(['set', 'debian.mirror', mirror])).rejects.toThrow(message);
  expect(readFileSync(file, 'utf8')).toBe(content);
});

test('a folder in place of the file is an error', async () => {
  mkdirSync(file, { recursive: true });
  await expect(config(['list'])).rejects.toThrow(`Cannot read "${file}": it is not a file`);
});
