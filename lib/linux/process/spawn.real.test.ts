import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromSystemError } from '../../errors/system.ts';
import { endedHow, spawnProgram } from './spawn.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-spawn-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

test('the error event of a program that does not start has the reason', async () => {
  const child = spawnProgram('nonesuch', ['x'], { env: { PATH: dir } });
  const failure = await once(child, 'close').catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ message: 'Cannot run "nonesuch": it is not there', code: 'ENOENT' });
  expect(fromSystemError(failure)?.message).toBe('Cannot run "nonesuch": it is not there');
});

test('an error that is thrown has the reason too', () => {
  const file = join(dir, 'busy');
  writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
  const writer = openSync(file, 'r+');
  try {
    expect(() => spawnProgram(file, [], {})).toThrow(`Cannot run "${file}": text file is busy`);
  } finally {
    closeSync(writer);
  }
  expect(() => spawnProgram('', [], {})).toThrow('Cannot run "": that names no program');
  expect(() => spawnProgram('sh', [], { cwd: '/etc/passwd' })).toThrow(
    'Cannot run "sh": there is no folder "/etc/passwd" to run it in',
  );
});

test('an abort error is unchanged', async () => {
  const abort = new AbortController();
  const child = spawnProgram('sleep', ['60'], { signal: abort.signal });
  const ended = once(child, 'close').catch((thrown: unknown) => thrown);
  abort.abort();
  expect(await ended).toMatchObject({ code: 'ABORT_ERR', message: 'The operation was aborted' });
});

test('the end of a program in words', async () => {
  const end = async (script: string): Promise<string> => {
    const [status, signal] = await once(spawnProgram('sh', ['-c', script], {}), 'close');
    return endedHow(status, signal);
  };
  expect(await end('exit 3')).toBe('with status 3');
  expect(await end('kill -9 $$')).toBe('by SIGKILL');
});
