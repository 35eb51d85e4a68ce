import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { arBytes } from '../../build/binary/ar/ar.ts';
import { xzDecompressed } from '../../build/binary/xz/xz.ts';
import { type Cache, openCache } from '../../build/cache/cache.ts';
import { debEntries } from '../../build/debian/deb.ts';
import { decompressedKernel } from '../../build/image/kernel/decompress-kernel.ts';
import { unpackedDisk } from '../../build/media/unpack-disk.ts';
import { testWork } from '../../build/testing.ts';
import { importFile } from '../../build/transfer/archives/import-file.ts';
import { tarBytes, tarEntry } from '../../lib/archive/tar.ts';

/*
 * Decompression bombs: a few kilobytes that unpack to gigabytes. Gzip members and zstd frames may follow each
 * other, so that one of zeros, many times, is a bomb that takes no time to make.
 */

let dir: string;
let cache: Cache;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-bombs-'));
  cache = openCache(join(dir, 'cache'));
});
afterAll(async () => {
  await cache.close();
  rmSync(dir, { recursive: true, force: true });
});

// Gigabytes are decompressed and hashed, which a busy machine does slowly.
vi.setConfig({ testTimeout: 600_000 });

const frameBytes = 64 << 20;
const frames = 18;
const platform = { os: 'linux', architecture: 'amd64' } as const;

/** A tar with one file of 1.1 GiB of zeros, compressed. */
async function bomb(compress: (bytes: Buffer) => Buffer): Promise<Buffer> {
  const zeros = compress(Buffer.alloc(frameBytes));
  const whole = [
    compress(await header(frames * frameBytes, 'zeros')),
    ...Array.from({ length: frames }, () => zeros),
  ];
  return Buffer.concat([...whole, compress(Buffer.alloc(1024))]);
}

/** The header of a file that has this size, with PAX records where it needs them, without its body. */
async function header(size: number, path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of tarBytes([tarEntry({ path, size, body: [] })])) pieces.push(piece);
  } catch {
    // The writer misses the body.
  }
  return Buffer.concat(pieces).subarray(0, size > 0 ? undefined : 512);
}

const write = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(dir, name), bytes);
  return join(dir, name);
};

test.each([
  ['gz', gzipSync],
  ['zst', zstdCompressSync],
])('an import that unpacks without end is refused, and leaves nothing: %s', async (ending, compress) => {
  const bytes = await bomb(compress);
  const file = write(`bomb.tar.${ending}`, bytes);
  await expect(importFile(file, 'bomb', platform, cache)).rejects.toMatchObject({
    message: `Cannot import "bomb": it grows beyond 100 times its ${bytes.length} bytes`,
    hint: 'if you trust it, decompress it, and import that',
  });
  const left = readdirSync(join(dir, 'cache'), { recursive: true, withFileTypes: true });
  expect(left.filter((one) => one.isFile() && one.name !== 'lock').map(({ name }) => name)).not.toContain(
    'plain',
  );
});

test('an archive of images with more files than any has is refused', async () => {
  const one = await header(0, 'x');
  const folder = Buffer.from(one);
  const marker = await header(0, 'oci-layout');
  const file = write(
    'many.tar',
    Buffer.concat([...Array.from({ length: 100_001 }, () => directory(folder)), marker, Buffer.alloc(1024)]),
  );
  await expect(importFile(file, 'many', platform, cache)).rejects.toThrow(
    'Cannot import "many": it has more than 100000 files',
  );
});

/** The same header as that of a folder; its checksum is the sum of all bytes, with spaces in its place. */
function directory(bytes: Buffer): Buffer {
  bytes[156] = 0x35;
  bytes.fill(' ', 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return bytes;
}

test.each([
  ['gz', gzipSync],
  ['zst', zstdCompressSync],
])('a Debian package that unpacks without end is refused: data.tar.%s', async (ending, compress) => {
  const control = gzipSync(Buffer.alloc(1024));
  const members = { 'debian-binary': Buffer.from('2.0\n'), 'control.tar.gz': control };
  const file = write('bomb.deb', arBytes({ ...members, [`data.tar.${ending}`]: await bomb(compress) }));
  const read = async (): Promise<void> => {
    for await (const _entry of debEntries(file, xzDecompressed, testWork()));
  };
  await expect(read()).rejects.toThrow(
    /^Cannot read ".*bomb\.deb": data\.tar\.\w+: it grows beyond 100 times its \d+ bytes$/,
  );
});

test('a kernel that decompresses without end is refused', async () => {
  const zeros = gzipSync(Buffer.alloc(frameBytes));
  const file = write('kernel', Buffer.concat(Array.from({ length: frames }, () => zeros)));
  await expect(decompressedKernel({ file, bytes: 0 }, testWork({ cache }))).rejects.toThrow(
    'Cannot decompress the kernel: it grows beyond the limit of 1024 MiB',
  );
});

test('a packed disk that says it is larger than any is refused before it is written', async () => {
  const file = write('x.img.tar.gz', gzipSync(await header(2 ** 40, 'disk.raw')));
  await expect(unpackedDisk(file, testWork({ cache }))).rejects.toThrow(
    `Cannot unpack "${file}": it grows beyond the limit of 262144 MiB`,
  );
});
