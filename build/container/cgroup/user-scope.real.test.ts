import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { userScope } from './user-scope.ts';

let dir: string;
let env: Record<string, string>;
const { signal } = new AbortController();

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-scope-'));
  mkdirSync(join(dir, 'systemd'));
  writeFileSync(join(dir, 'systemd/private'), '');
  env = { PATH: `${dir}:/usr/bin:/bin`, XDG_RUNTIME_DIR: dir };
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A program in place of systemd-run, which records its arguments and exits with that status. */
const standIn = (status: number): void =>
  writeFileSync(join(dir, 'systemd-run'), `#!/bin/sh\necho "$*" >"\${0%/*}/log"\nexit ${status}\n`, {
    mode: 0o755,
  });

test('a systemd that makes a scope is used', async () => {
  standIn(0);
  const command = ['--user', '--scope', '--quiet', '--collect', '--property', 'Delegate=yes'];
  expect(await userScope(env, signal)).toEqual([join(dir, 'systemd-run'), ...command]);
  expect(readFileSync(join(dir, 'log'), 'utf8')).toContain(command.join(' '));
});

test('without one, the container does without', async () => {
  standIn(1);
  expect(await userScope(env, signal)).toEqual([]);
  expect(await userScope({ ...env, PATH: '/nonexistent' }, signal)).toEqual([]);
  expect(await userScope({ PATH: env.PATH }, signal)).toEqual([]);
});
