import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedBound } from './bound.ts';
import { CannotDecompress, type Compression, compressionOf, unpacked } from './compression.ts';

let dir: string;
let file: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-compression-'));
  file = join(dir, 'x.gz');
  writeFileSync(file, gzipSync(Buffer.alloc(8 << 20, 'abc'), { level: 0 }));
});
afterAll(() => rmSync(dir, { recursive: true }));

function isOpen(path: string): boolean {
  const links = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return links.includes(path);
}

const bound = fixedBound(64);

test('a reader that stops early closes the file', async () => {
  for await (const piece of unpacked(file, 'gzip', bound)) {
    expect(piece.length).toBeGreaterThan(0);
    expect(isOpen(file)).toBe(true);
    break;
  }
  await expect.poll(() => isOpen(file), { timeout: 90_000 }).toBe(false);
});

const compressors = { gzip: gzipSync, zstd: zstdCompressSync } as const;
const formats = ['gzip', 'zstd'] as const;
const padding = formats.flatMap((format) => [0, 1000, 70_000, 1 << 20].map((zeros) => ({ format, zeros })));

/** A file of two gzip members or zstd frames with 3 MiB each, and then `tail`. */
function twoParts(format: keyof typeof compressors, tail: Buffer): string {
  const path = join(dir, `padded-${format}`);
  const one = compressors[format](Buffer.alloc(3 << 20, 'abc'));
  writeFileSync(path, Buffer.concat([one, one, tail]));
  return path;
}

test.each(padding)('$format may be padded with $zeros zeros', async ({ format, zeros }) => {
  const padded = twoParts(format, Buffer.alloc(zeros));
  let bytes = 0;
  for await (const piece of unpacked(padded, format, bound)) {
    bytes += piece.length;
    // The file is read further meanwhile.
    await turn();
  }
  expect(bytes).toBe(6 << 20);
  await expect.poll(() => isOpen(padded), { timeout: 90_000 }).toBe(false);
});

test.each(formats)('$0 that grows beyond its bound is refused, and its file closed', async (format) => {
  const path = twoParts(format, Buffer.alloc(0));
  await expect(Array.fromAsync(unpacked(path, format, fixedBound(5)))).rejects.toThrow(
    'it grows beyond the limit of 5 MiB',
  );
  await expect.poll(() => isOpen(path), { timeout: 90_000 }).toBe(false);
  expect(Buffer.concat(await Array.fromAsync(unpacked(path, format, fixedBound(6)))).length).toBe(6 << 20);
});

const all = (path: string, part = {}, compression: Compression = 'gzip'): Promise<Buffer[]> =>
  Array.fromAsync(unpacked(path, compression, bound, part));

describe.each(formats)('%s', (format) => {
  test.each([
    ['other bytes', Buffer.alloc(1000, 'x')],
    ['one other byte far behind zeros', Buffer.concat([Buffer.alloc(600_000), Buffer.from('x')])],
    // Of a zstd frame, Node misses up to 3 bytes.
    ['the beginning of another', compressors[format]('abc').subarray(0, 5)],
  ])('is refused when followed by %s', async (_title, tail) => {
    const path = twoParts(format, tail);
    await expect(all(path, {}, format)).rejects.toThrow(CannotDecompress);
    await expect.poll(() => isOpen(path), { timeout: 90_000 }).toBe(false);
  });

  test('can be part of a file', async () => {
    const one = compressors[format]('abc');
    const path = join(dir, `part-${format}`);
    writeFileSync(path, Buffer.concat([Buffer.from('head'), one, Buffer.alloc(3), Buffer.from('tail')]));
    const part = { start: 4, end: 4 + one.length + 2 };
    expect(Buffer.concat(await all(path, part, format)).toString()).toBe('abc');
    const exact = { start: 4, end: 4 + one.length - 1 };
    expect(Buffer.concat(await all(path, exact, format)).toString()).toBe('abc');
    await expect(all(path, { start: 4 }, format)).rejects.toThrow('bytes that are not padding');
  });
});

test('zstd may have skippable frames, even at the end', async () => {
  const skippable = Buffer.from('502a4d180400000061626364', 'hex');
  const path = twoParts('zstd', Buffer.concat([skippable, zstdCompressSync('x'), skippable]));
  expect(Buffer.concat(await all(path, {}, 'zstd')).length).toBe((6 << 20) + 1);
});

test('errors of the file are thrown where it is read', async () => {
  await expect(all(join(dir, 'none'))).rejects.toThrow('ENOENT');
  writeFileSync(join(dir, 'bad'), 'no gzip');
  await expect(all(join(dir, 'bad'))).rejects.toThrow('incorrect header check');
  await expect(all(file, { signal: AbortSignal.abort() })).rejects.toThrow('The operation was aborted');
});

test.each([
  ['1f8b0808', 'gzip'],
  ['28b52ffd04', 'zstd'],
  // pzstd begins with a skippable frame.
  ['502a4d180400000000000000', 'zstd'],
  ['425a6839', 'bzip2'],
  ['fd377a585a00', 'xz'],
  ['04224d18', 'none'],
  ['', 'none'],
])('a file that begins with %s is compressed by: %s', async (hex, wanted) => {
  const path = join(dir, 'head');
  writeFileSync(path, Buffer.from(hex, 'hex'));
  expect(await compressionOf(path)).toBe(wanted);
});

test('bzip2 and xz have no exit for errors of their own', async () => {
  const path = join(dir, 'damaged');
  writeFileSync(path, 'BZh9 and no more');
  await expect(all(path, {}, 'bzip2')).rejects.toThrow(CannotDecompress);
  await expect(all(path, {}, 'xz')).rejects.toThrow('it is not in the format of xz');
  await expect(all(join(dir, 'none'), {}, 'bzip2')).rejects.toThrow('ENOENT');
});
