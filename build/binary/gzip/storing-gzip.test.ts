import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAll } from '../../pieces/read-pieces.ts';
import { storingGzip } from './storing-gzip.ts';

test('gunzip restores the bytes of any pieces', async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc.nat(200_000).map((length) => Buffer.alloc(length, 'text ')),
    fc.record({ hole: fc.nat(3_000_000) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 4 }), async (pieces) => {
      const packed = await readAll(storingGzip(pieces));
      expect(gunzipSync(packed).equals(await readAll(pieces))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('a hole shrinks to a thousandth', async () => {
  expect((await readAll(storingGzip([{ hole: 50 << 20 }]))).length).toBeLessThan(60_000);
});
