import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { removeTree } from '../../test/support/needs.ts';
import { type TarEntry, tarEntry, textEntry } from '../archive/tar.ts';
import { receiveTree } from './receive.ts';

const root = mkdtempSync(join(tmpdir(), 'kit-receive-'));
afterAll(() => removeTree(root));
const [target, outside] = [join(root, 'target'), join(root, 'outside')];

beforeEach(() => {
  for (const folder of [target, outside]) removeTree(folder);
  for (const folder of [target, outside]) mkdirSync(folder);
  writeFileSync(join(outside, 'key'), 'mine');
});

async function* stream(entries: readonly TarEntry[]): AsyncGenerator<TarEntry> {
  yield* entries;
}

const receive = (entries: readonly TarEntry[], kind: 'tree' | 'archive' = 'archive') =>
  receiveTree(stream(entries), { target, kind, ...(kind === 'tree' ? { asked: 'd' } : {}) });

const link = (path: string, linkname: string): TarEntry => tarEntry({ path, type: 'symlink', linkname });

test('nothing is written through a symbolic link, of the archive or of the target', async () => {
  await expect(receive([link('a', outside), textEntry('a/key', 'theirs')])).rejects.toThrow(
    `cannot write "${target}/a": a symbolic link is in the way`,
  );
  symlinkSync(outside, join(target, 'b'));
  await expect(receive([textEntry('b/key', 'theirs')])).rejects.toThrow(/a symbolic link is in the way/);
  await expect(receive([tarEntry({ path: 'b', type: 'directory' })])).rejects.toThrow(/a symbolic link/);
  await expect(receive([tarEntry({ path: 'h', type: 'hardlink', linkname: 'b/key' })])).rejects.toThrow(
    /a symbolic link is in the way/,
  );
  // A file replaces a link, and is not written to its target.
  symlinkSync(join(outside, 'key'), join(target, 'c'));
  await receive([textEntry('c', 'theirs')]);
  expect(readFileSync(join(outside, 'key'), 'utf8')).toBe('mine');
  expect(readFileSync(join(target, 'c'), 'utf8')).toBe('theirs');
  expect(readdirSync(outside)).toEqual(['key']);
});

test('no archive writes outside the folder', async () => {
  const name = fc.constantFrom('a', 'b', 'a/b', 'b/a', 'a/b/c', 'key', 'a/key');
  const to = fc.constantFrom(outside, '../outside', '..', '/', 'a', 'b', 'key');
  const entry = fc.oneof(
    name.map((path) => textEntry(path, 'theirs')),
    name.map((path) => tarEntry({ path, type: 'directory', mode: 0o755 })),
    fc.tuple(name, to).map(([path, linkname]) => link(path, linkname)),
    fc.tuple(name, name).map(([path, linkname]) => tarEntry({ path, type: 'hardlink', linkname })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 8 }), async (entries) => {
      rmSync(target, { recursive: true });
      mkdirSync(target);
      await receive(entries).catch(() => {});
      expect(readdirSync(root).sort()).toEqual(['outside', 'target']);
      expect(readdirSync(outside)).toEqual(['key']);
      expect(readFileSync(join(outside, 'key'), 'utf8')).toBe('mine');
      const left = execFileSync('find', [target, '-name', '.kit-cp*'], { encoding: 'utf8' });
      expect(left).toBe('');
    }),
    { numRuns: 200 },
  );
});

test('a hard link to the same name leaves no temporary file', async () => {
  const again = tarEntry({ path: 'a', type: 'hardlink', linkname: 'a' });
  await receive([textEntry('a', 'theirs'), again]);
  expect(readdirSync(target)).toEqual(['a']);
});

test('a body that ends with an error leaves the old file, and no part of the new one', async () => {
  writeFileSync(join(target, 'x'), 'old');
  async function* body(): AsyncGenerator<Buffer> {
    yield Buffer.from('new');
    throw new Error('connection lost');
  }
  await expect(receive([tarEntry({ path: 'x', size: 6, body: body() })])).rejects.toThrow(
    `cannot write "${target}/x": connection lost`,
  );
  expect(readdirSync(target)).toEqual(['x']);
  expect(readFileSync(join(target, 'x'), 'utf8')).toBe('old');
});

test('modes are masked, folders get theirs at the end, devices are skipped', async () => {
  const result = await receive(
    [
      tarEntry({ path: 'd', type: 'directory', mode: 0o555, mtime: 1000 }),
      textEntry('d/program', 'x', 0o4755),
      tarEntry({ path: 'd/null', type: 'char' }),
    ],
    'tree',
  );
  expect(result).toEqual({ files: 1, bytes: 1, skipped: 1 });
  expect(statSync(join(target, 'd/program')).mode & 0o7777).toBe(0o755);
  expect(statSync(join(target, 'd'))).toMatchObject({ mode: 0o40555, mtimeMs: 1_000_000 });
});

test.each([Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER])(
  'a time of %d s, which Date cannot hold, is no reason to fail',
  async (mtime) => {
    const tree = [tarEntry({ path: 'd', type: 'directory', mtime }), textEntry('d/x', 'text', 0o644)];
    expect(await receive(tree, 'tree')).toMatchObject({ files: 1 });
  },
);
