import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textEntry } from '../../lib/archive/tar.ts';
import { arBytes } from '../binary/ar/ar.ts';
import { xzDecompressed } from '../binary/xz/xz.ts';
import { testWork } from '../testing.ts';
import { debEntries } from './deb.ts';
import { debBytes } from './testing.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-deb-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const files = [textEntry('usr/a', 'x'.repeat(1_000_000)), textEntry('usr/b', 'b')];
const fields = { Package: 'x', Version: '1', Architecture: 'all' };

async function paths(bytes: Uint8Array): Promise<string[]> {
  const file = join(dir, 'x.deb');
  writeFileSync(file, bytes);
  const found: string[] = [];
  for await (const { path } of debEntries(file, xzDecompressed, testWork())) found.push(path);
  return found;
}

test.each<[string, (tar: Buffer) => Record<string, Buffer>]>([
  ['plain', (tar) => ({ 'data.tar': tar })],
  ['gzip', (tar) => ({ 'data.tar.gz': gzipSync(tar) })],
  ['zstd', (tar) => ({ 'data.tar.zst': zstdCompressSync(tar) })],
  ['gzip behind a member to ignore', (tar) => ({ _x: Buffer.from('x'), 'data.tar.gz': gzipSync(tar) })],
])('the files of a package are read: %s', async (_title, pack) => {
  expect(await paths(await debBytes(fields, files, pack))).toEqual(['usr/a', 'usr/b']);
});

test.each<[string, (tar: Buffer) => Record<string, Buffer>, RegExp]>([
  ['without data', () => ({}), /^Cannot read ".*x\.deb": it is not a Debian package$/],
  ['with empty data', () => ({ 'data.tar': Buffer.alloc(0) }), /it is not a Debian package$/],
  [
    'of an old compression',
    (tar) => ({ 'data.tar.lzma': tar }),
    /: kit cannot decompress "data\.tar\.lzma"$/,
  ],
  [
    'whose xz data is none',
    (tar) => ({ 'data.tar.xz': tar }),
    /: data\.tar\.xz: it is not in the format of xz$/,
  ],
  [
    'whose gzip data ends early',
    (tar) => ({ 'data.tar.gz': gzipSync(tar).subarray(0, 500) }),
    /unexpected end of file/,
  ],
  [
    'whose data is followed by more',
    (tar) => ({ 'data.tar.gz': Buffer.concat([gzipSync(tar), Buffer.from('x')]) }),
    /^Cannot read ".*": data\.tar\.gz: /,
  ],
])('a package %s is refused', async (_title, pack, message) => {
  await expect(debBytes(fields, files, pack).then(paths)).rejects.toThrow(message);
});

test('an archive that is no package is refused', async () => {
  await expect(paths(arBytes({ 'a.o': Buffer.from('x') }))).rejects.toThrow('it is not a Debian package');
});

test('a build that has failed elsewhere reads no package', async () => {
  const file = join(dir, 'x.deb');
  writeFileSync(file, await debBytes(fields, files, (tar) => ({ 'data.tar.xz': tar })));
  const signal = AbortSignal.abort(new Error('the build failed'));
  async function* slow(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    // The error of a stream that nobody reads would come before the end of this.
    for (let turn = 0; turn < 20; turn++) await stat(file);
    yield* packed;
  }
  const entries = debEntries(file, slow, { ...testWork(), signal });
  await expect(Array.fromAsync(entries)).rejects.toThrow('the build failed');
});
