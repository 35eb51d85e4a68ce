import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { renderError } from '../../lib/errors/render.ts';
import { sweepRecords } from '../verify/record.ts';
import { runCommand } from './run-command.ts';

const cwd = mkdtempSync(join(tmpdir(), 'kit-verify-'));
const cache = join(cwd, 'cache');
afterAll(() => rmSync(cwd, { recursive: true }));

/** A manifest without images, which is fast to build. */
const manifest = (text: string): string => `files: [{path: etc/motd, contents: ${text}}]\n`;

async function call(...args: string[]): Promise<{ status: number; out: string }> {
  let out = '';
  const sink = new Writable({
    write(piece, _encoding, done) {
      out += piece;
      done();
    },
  });
  const context = {
    ...{ stdin: Readable.from([]), stdout: sink, stderr: sink, env: { KIT_CACHE: cache } },
    ...{ cwd, signal: new AbortController().signal },
  };
  const status = await runCommand(args, context).catch((thrown: unknown) => {
    out += renderError(thrown);
    return 1;
  });
  return { status, out };
}

beforeEach(async () => {
  writeFileSync(join(cwd, 'web.yml'), manifest('hello'));
  expect(await call('build', '-f', 'tar', '--dir', 'out', 'web.yml')).toMatchObject({ status: 0 });
});

test('an image that was built here is verified by name', async () => {
  expect(await call('verify', 'out/web')).toEqual({ status: 0, out: 'The same: one file.\n' });
  expect(await call('verify', 'out/web.tar')).toEqual({ status: 0, out: 'The same: one file.\n' });
});

test('a changed manifest is reported as the cause', async () => {
  writeFileSync(join(cwd, 'web.yml'), manifest('howdy'));
  const { status, out } = await call('verify', 'out/web');
  expect(status).toBe(1);
  const differs = 'Image "out/web" differs: "out/web.tar" at byte \\d+ \\(in "etc/motd"\\)';
  expect(out).toMatch(new RegExp(`^error: ${differs}: manifest "[^"]*web\\.yml" has changed\\n`));
});

test('a flipped byte is reported as damage, not as a changed input', async () => {
  const bytes = readFileSync(join(cwd, 'out/web.tar'));
  const at = bytes.indexOf('hello');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(join(cwd, 'out/web.tar'), bytes);
  const { status, out } = await call('verify', '--json', 'out/web');
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    files: 1,
    differences: [{ offset: at, part: 'etc/motd', cause: expect.stringContaining('one byte was changed') }],
  });
});

test('an image that was moved can only be verified with its manifests', async () => {
  renameSync(join(cwd, 'out/web.tar'), join(cwd, 'out/moved.tar'));
  const unknown = await call('verify', 'out/moved');
  expect(unknown.status).toBe(1);
  expect(unknown.out).toContain('Cannot verify "out/moved": kit has no record of how it was built');
  expect(await call('verify', '-f', 'tar', 'out/moved', 'web.yml')).toMatchObject({ status: 0 });
  rmSync(join(cwd, 'out/moved.tar'));
});

test.each(['', '{', 'null', '{}', '[1]'])(
  'a damaged record (%s) is ignored, and replaced by the next build',
  async (text) => {
    for (const name of readdirSync(join(cache, 'built'))) writeFileSync(join(cache, 'built', name), text);
    expect((await call('verify', 'out/web')).out).toContain('kit has no record');
    expect(await call('build', '-f', 'tar', '--dir', 'out', 'web.yml')).toMatchObject({ status: 0 });
    expect(await call('verify', 'out/web')).toMatchObject({ status: 0 });
  },
);

test('an unchanged build writes no record; records of deleted images are removed', async () => {
  const names = () =>
    readdirSync(join(cache, 'built')).map((name) => readFileSync(join(cache, 'built', name), 'utf8'));
  const before = names();
  await call('build', '-f', 'tar', '--dir', 'out', 'web.yml');
  expect(names()).toEqual(before);
  expect(before.length).toBeGreaterThan(0);
  await sweepRecords(cache);
  expect(names()).toEqual(before);
  rmSync(join(cwd, 'out'), { recursive: true });
  await sweepRecords(cache);
  expect(names()).toEqual([]);
});
