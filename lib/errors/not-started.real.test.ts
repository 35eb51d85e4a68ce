import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRoot } from '../../test/support/needs.ts';
import { type Attempt, notStarted } from './not-started.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-not-started-'));
  mkdirSync(join(dir, 'closed'), { mode: 0 });
  mkdirSync(join(dir, 'bin/folder'), { recursive: true });
  const put = (name: string, text: string, mode: number): void =>
    writeFileSync(join(dir, 'bin', name), text, { mode });
  put('locked', '#!/bin/sh\n', 0o644);
  put('old', '#!/nonexistent/sh\n', 0o755);
});
afterAll(() => {
  chmodSync(join(dir, 'closed'), 0o700);
  rmSync(dir, { recursive: true });
});

function start(attempt: Attempt): { missing: boolean; reason: string } {
  const { error } = spawnSync(attempt.file, [], { cwd: attempt.cwd, env: { ...attempt.env } });
  const { missing, reason } = notStarted(error, attempt);
  return { missing, reason: reason.replaceAll(dir, 'DIR') };
}

const inBin = (file: string): Attempt => ({ file, env: { PATH: `/nonexistent:${join(dir, 'bin')}` } });

test.each<[string, () => Attempt, boolean, string]>([
  ['a name that is nowhere', () => inBin('none'), true, 'it is not there'],
  ['a name, and no PATH', () => ({ file: 'none', env: {} }), true, 'it is not there'],
  ['a path that is not there', () => ({ file: '/nonexistent/x' }), true, 'it is not there'],
  ['a path below a file', () => ({ file: join(dir, 'bin/locked/x') }), true, 'it is not there'],
  ['a name whose file has no x bit', () => inBin('locked'), false, '"DIR/bin/locked" may not be executed'],
  ['a path without x bit', () => ({ file: join(dir, 'bin/locked') }), false, 'it may not be executed'],
  ['a folder', () => ({ file: join(dir, 'bin/folder') }), false, 'it may not be executed'],
  [
    'a script for what is not there',
    () => inBin('old'),
    false,
    'the interpreter of "DIR/bin/old" is not there',
  ],
  [
    'no such working directory',
    () => ({ file: 'sh', cwd: '/nonexistent' }),
    false,
    'there is no folder "/nonexistent" to run it in',
  ],
  [
    'a file as the working directory',
    () => ({ file: 'sh', cwd: '/etc/passwd' }),
    false,
    'there is no folder "/etc/passwd" to run it in',
  ],
  ['a name that is too long', () => ({ file: 'x'.repeat(5000) }), false, 'name too long'],
])('%s', (_title, attempt, missing, reason) => {
  expect(start(attempt())).toEqual({ missing, reason });
});

test('a program is missing if no folder of PATH has it; a folder that cannot be searched is named', () => {
  const env = { PATH: `${join(dir, 'closed')}:${join(dir, 'bin')}` };
  if (!isRoot) {
    const reason = 'it is not there (this user may not look into "DIR/closed")';
    expect(start({ file: 'none', env })).toEqual({ missing: true, reason });
    return;
  }
  // Root may search every folder: this is the error that execvp(3) returns to other users.
  const thrown = Object.assign(new Error('spawn none EACCES'), { code: 'EACCES', errno: -13 });
  expect(notStarted(thrown, { file: 'none', env })).toEqual({ missing: true, reason: 'it is not there' });
});

test('a folder that cannot be searched does not hide the reason of a program that is found', () => {
  const env = { PATH: `${join(dir, 'closed')}:${join(dir, 'bin')}` };
  const reason = 'the interpreter of "DIR/bin/old" is not there';
  expect(start({ file: 'old', env })).toEqual({ missing: false, reason });
  // As for users other than root.
  const thrown = Object.assign(new Error('spawn old EACCES'), { code: 'EACCES', errno: -13 });
  expect(notStarted(thrown, { file: 'old', env }).reason.replace(dir, 'DIR')).toBe(reason);
});

test.each([
  ['ENOEXEC', 'exec format error'],
  ['ETXTBSY', 'text file is busy'],
  ['EAGAIN', 'resource temporarily unavailable'],
])('the error %s means: %s', (code, reason) => {
  const thrown = Object.assign(new Error(`spawn sh ${code}`), { code });
  expect(notStarted(thrown, { file: 'sh' })).toEqual({ missing: false, reason });
});
