import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tarBytes, textEntry } from '../../lib/archive/tar.ts';
import { type Digest, mediaTypes } from '../../lib/oci/types.ts';
import { type Cache, openCache } from '../cache/cache.ts';
import { unpackLayer } from './plain-layer.ts';

let dir: string;
let cache: Cache;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-plain-layer-'));
  cache = openCache(join(dir, 'cache'));
});
afterEach(async () => {
  await cache.close();
  rmSync(dir, { recursive: true, force: true });
});

const digestOf = (bytes: Buffer): Digest => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function archive(): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(tarBytes([textEntry('etc/x', 'x')])));
}

async function unpack(blob: Buffer, plain: Buffer) {
  writeFileSync(join(dir, 'blob'), blob);
  const layer = await cache.addFile(join(dir, 'blob'), mediaTypes.layerGzip);
  return unpackLayer(cache, { image: 'i', layer, diffId: digestOf(plain) });
}

test('a layer includes the bytes after the end of the archive', async () => {
  const plain = Buffer.concat([await archive(), Buffer.alloc(3 << 20, 'x')]);
  const { digest, size } = await unpack(gzipSync(plain), plain);
  expect(size).toBe(plain.length);
  expect(readFileSync(cache.blobPath(digest)).equals(plain)).toBe(true);
});

test('a gzip of several members is read to its end, and may be padded with zeros', async () => {
  const plain = await archive();
  const members = [gzipSync(plain.subarray(0, 700)), gzipSync(plain.subarray(700)), Buffer.alloc(1 << 20)];
  expect(await unpack(Buffer.concat(members), plain)).toMatchObject({ size: plain.length });
});

test.each([
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
])('a %s followed by other bytes than zeros is refused', async (_format, compress) => {
  const plain = await archive();
  const blob = Buffer.concat([compress(plain), Buffer.alloc(1 << 20, 'x')]);
  await expect(unpack(blob, plain)).rejects.toThrow(/^Cannot unpack layer \w{12} of image "i": /);
});

test('a layer with too many bytes after its archive is refused', async () => {
  const plain = Buffer.concat([await archive(), Buffer.alloc(17 << 20)]);
  await expect(unpack(gzipSync(plain), plain)).rejects.toThrow(
    /^Cannot read archive "layer \w{12} of image "i"": more than 16777216 bytes follow its end$/,
  );
});
