import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { renderError } from '../../lib/errors/render.ts';
import { sweepRecords } from '../verify/record.ts';
import { run as build } from './build.ts';
import type { Run } from './index.ts';
import { run as verify } from './verify.ts';

const cwd = mkdtempSync(join(tmpdir(), 'kit-verify-'));
const cache = join(cwd, 'cache');
afterAll(() => rmSync(cwd, { recursive: true }));

/** The tree of a manifest without images: built in a moment. */
const manifest = (text: string): string => `files: [{path: etc/motd, contents: ${text}}]\n`;

async function call(command: Run, ...args: string[]): Promise<{ status: number; out: string }> {
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
  const status = await command(args, context).catch((thrown: unknown) => {
    out += renderError(thrown);
    return 1;
  });
  return { status, out };
}

beforeEach(async () => {
  writeFileSync(join(cwd, 'web.yml'), manifest('hello'));
  expect(await call(build, '-f', 'tar', '--dir', 'out', 'web.yml')).toMatchObject({ status: 0 });
});

test('an image that kit built here needs no more than its name', async () => {
  expect(await call(verify, 'out/web')).toEqual({ status: 0, out: 'The same: one file.\n' });
  expect(await call(verify, 'out/web.tar')).toEqual({ status: 0, out: 'The same: one file.\n' });
});

test('a changed manifest is the cause that is told', async () => {
  writeFileSync(join(cwd, 'web.yml'), manifest('howdy'));
  const { status, out } = await call(verify, 'out/web');
  expect(status).toBe(1);
  expect(out).toMatch(
    /^error: Image "out\/web" differs: "out\/web\.tar" at byte \d+ \(in "etc\/motd"\): manifest "[^"]*web\.yml" has changed\n/,
  );
});

test('a flipped byte is damage, and not another input', async () => {
  const bytes = readFileSync(join(cwd, 'out/web.tar'));
  const at = bytes.indexOf('hello');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(join(cwd, 'out/web.tar'), bytes);
  const { status, out } = await call(verify, '--json', 'out/web');
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    files: 1,
    differences: [{ offset: at, part: 'etc/motd', cause: expect.stringContaining('one byte was changed') }],
  });
});

test('an image that was moved wants its manifests', async () => {
  renameSync(join(cwd, 'out/web.tar'), join(cwd, 'out/moved.tar'));
  const unknown = await call(verify, 'out/moved');
  expect(unknown.status).toBe(1);
  expect(unknown.out).toContain('Cannot verify "out/moved": kit does not remember what it was built from');
  expect(await call(verify, '-f', 'tar', 'out/moved', 'web.yml')).toMatchObject({ status: 0 });
  rmSync(join(cwd, 'out/moved.tar'));
});

test.each(['', '{', 'null', '{}', '[1]'])(
  'a damaged record (%s) is as none, and written again',
  async (text) => {
    for (const name of readdirSync(join(cache, 'built'))) writeFileSync(join(cache, 'built', name), text);
    expect((await call(verify, 'out/web')).out).toContain('kit does not remember');
    expect(await call(build, '-f', 'tar', '--dir', 'out', 'web.yml')).toMatchObject({ status: 0 });
    expect(await call(verify, 'out/web')).toMatchObject({ status: 0 });
  },
);

test('a build in which nothing changed writes no record, and records of what is gone are removed', async () => {
  const names = () =>
    readdirSync(join(cache, 'built')).map((name) => readFileSync(join(cache, 'built', name), 'utf8'));
  const before = names();
  await call(build, '-f', 'tar', '--dir', 'out', 'web.yml');
  expect(names()).toEqual(before);
  expect(before.length).toBeGreaterThan(0);
  await sweepRecords(cache);
  expect(names()).toEqual(before);
  rmSync(join(cwd, 'out'), { recursive: true });
  await sweepRecords(cache);
  expect(names()).toEqual([]);
});
