import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { tarBytes, textEntry } from '../../lib/archive/tar.ts';
import { testWork } from '../testing.ts';
import { debEntries } from './deb.ts';

let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-deb-'));
  const entries = [textEntry('usr/a', 'x'.repeat(100_000)), textEntry('usr/b', 'b')];
  writeFileSync(join(dir, 'good.tar'), Buffer.concat(await Array.fromAsync(tarBytes(entries))));
});
afterAll(() => rmSync(dir, { recursive: true }));

beforeEach(() => vi.stubEnv('PATH', `${dir}:${process.env.PATH}`));
afterEach(() => vi.unstubAllEnvs());

/** A dpkg-deb that, like the real one, exits with status 2 when writing fails. */
function standIn(script: string, mode = 0o755): void {
  const text = `#!/bin/sh
trap '' PIPE
cd "\${0%/*}" || exit 3
wrong() { echo "dpkg-deb: error: lzma write error: $1" >&2; exit 2; }
${script}
`;
  rmSync(join(dir, 'dpkg-deb'), { force: true });
  writeFileSync(join(dir, 'dpkg-deb'), text, { mode });
}

async function paths(): Promise<string[]> {
  const found: string[] = [];
  for await (const { path } of debEntries('x.deb', testWork())) found.push(path);
  return found;
}

test('all output of dpkg-deb is read, including bytes after the end of the archive', async () => {
  // More than a pipe holds: if it were closed, the end could not be written.
  standIn('cat good.tar; head -c 2000000 /dev/zero 2>/dev/null || wrong "Broken pipe"');
  expect(await paths()).toEqual(['usr/a', 'usr/b']);
});

test('a reader that stops early gets no error about a broken pipe', async () => {
  standIn('cat good.tar; while :; do cat good.tar 2>/dev/null || wrong "Broken pipe"; done');
  for await (const { path } of debEntries('x.deb', testWork())) {
    expect(path).toBe('usr/a');
    break;
  }
});

test.each([
  ['in the middle of a file', 'head -c 20000 good.tar; wrong "no data"'],
  ['after the end of the archive', 'cat good.tar; wrong "no data"'],
])('a dpkg-deb that fails %s is reported with its reason', async (_title, script) => {
  standIn(script);
  await expect(paths()).rejects.toThrow(
    /^Cannot run dpkg-deb --fsys-tarfile x\.deb: exit status 2\ndpkg-deb: error: lzma write error: no data$/,
  );
});

test('output that is not an archive is reported as such, not as a broken pipe', async () => {
  standIn('while :; do head -c 100000 /dev/zero 2>/dev/null | tr "\\0" x || wrong "Broken pipe"; done');
  await expect(paths()).rejects.toThrow(/^Cannot read archive "x\.deb": /);
});

test('a dpkg-deb that cannot be started is named', async () => {
  standIn('', 0o644);
  vi.stubEnv('PATH', dir);
  await expect(paths()).rejects.toThrow(
    `Cannot run "dpkg-deb": "${join(dir, 'dpkg-deb')}" may not be executed`,
  );
  rmSync(join(dir, 'dpkg-deb'));
  await expect(paths()).rejects.toMatchObject({
    message: expect.stringMatching(/^Cannot find "dpkg-deb": /),
    hint: expect.stringContaining('install the packages apt and dpkg'),
  });
});
