import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { xzDecompressed } from './xz.ts';

/** `xz -9 --check=crc64` of 3,000,000 bytes: `kit`, repeated. */
const packed = Buffer.from(
  readFileSync(join(import.meta.dirname, 'testdata/kit.xz.base64'), 'utf8'),
  'base64',
);

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const whole = async (bytes: Uint8Array, size = 4096): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(xzDecompressed(inPieces(bytes, size))));

const content = Buffer.alloc(3_000_000, 'kit');

test.each([1, 100, 1 << 20])('bytes arrive whole, read in pieces of %i bytes', async (size) => {
  expect((await whole(packed, size)).equals(content)).toBe(true);
});

test('several streams are decompressed at the same time', async () => {
  const all = await Promise.all([whole(packed), whole(packed), whole(packed)]);
  expect(all.every((one) => one.equals(content))).toBe(true);
});

test('a reader that stops early does not stop the next one', async () => {
  for await (const _piece of xzDecompressed(inPieces(packed, 64))) break;
  expect((await whole(packed)).length).toBe(content.length);
});

test.each([
  ['nothing', Buffer.alloc(0), 'it ends early'],
  ['other bytes', Buffer.from('no xz at all, but long enough'), 'it is not in the format of xz'],
  ['a stream that is cut off', packed.subarray(0, packed.length >> 1), 'it ends early'],
  ['a damaged stream', damaged(packed, packed.length >> 1), 'it is damaged'],
])('%s is an error, and the next stream is read', async (_title, bytes, reason) => {
  await expect(whole(bytes)).rejects.toThrow(reason);
  expect((await whole(packed)).length).toBe(content.length);
});

test('an error of the source is passed on', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield packed.subarray(0, 100);
    throw new Error('the disk is on fire');
  }
  await expect(Array.fromAsync(xzDecompressed(broken()))).rejects.toThrow('the disk is on fire');
});

function damaged(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}
