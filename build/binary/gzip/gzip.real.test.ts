import { execFileSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gzipBytes } from './gzip.ts';

async function gzip(pieces: Iterable<Uint8Array>): Promise<Buffer> {
  const out: Uint8Array[] = [];
  for await (const piece of gzipBytes(pieces)) out.push(piece);
  return Buffer.concat(out);
}

/** Three blocks and a bit, with repetitions across the ends of blocks. */
const large = Buffer.concat(
  Array.from({ length: 60 }, (_, at) => Buffer.alloc(54_321, `line ${at} of something that comes again\n`)),
);

test('zlib and gzip decompress it to the original', async () => {
  for (const content of [Buffer.alloc(0), Buffer.from('x'), large, large.subarray(0, 1 << 20)]) {
    const packed = await gzip([content]);
    expect(gunzipSync(packed).equals(content)).toBe(true);
    expect(execFileSync('gzip', ['-dc'], { input: packed, maxBuffer: 1 << 28 }).equals(content)).toBe(true);
  }
  expect((await gzip([large])).length).toBeLessThan(large.length / 20);
});

test('the bytes do not depend on the pieces', async () => {
  const whole = await gzip([large]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(large.length), { maxLength: 8 }), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), large.length];
      const pieces = places.slice(1).map((end, at) => large.subarray(places[at], end));
      expect((await gzip(pieces)).equals(whole)).toBe(true);
    }),
    { numRuns: 10 },
  );
});

test('an error of the stream is thrown', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield large;
    throw new Error('gone');
  }
  await expect(Array.fromAsync(gzipBytes(failing()))).rejects.toThrow('gone');
});
