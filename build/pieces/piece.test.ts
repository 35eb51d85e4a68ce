import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type Piece, padded, piecesBytes, slicePieces } from './piece.ts';
import { hashPieces, readAll } from './read-pieces.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-piece-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'file');
writeFileSync(file, Buffer.from(Array.from({ length: 400 }, (_, at) => at & 255)));

const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.uint8Array({ maxLength: 50 }),
  fc.record({ hole: fc.nat(50) }),
  fc.record({ file: fc.constant(file), offset: fc.nat(200), bytes: fc.nat(200) }),
);

test('a slice of pieces has the same bytes as a slice of their content', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.nat(600), fc.nat(600), async (pieces, a, b) => {
      const whole = await readAll(pieces);
      expect(whole.length).toBe(piecesBytes(pieces));
      expect((await readAll(slicePieces(pieces, a, b))).equals(whole.subarray(a, Math.max(a, b)))).toBe(true);
    }),
  );
});

test('padding is a hole up to a length and a unit, or absent', () => {
  const three = [Buffer.from('abc')];
  expect(padded(three, { bytes: 10 })).toEqual([...three, { hole: 7 }]);
  expect(padded(three, { unit: 4 })).toEqual([...three, { hole: 1 }]);
  expect(padded(three, { bytes: 2, unit: 3 })).toEqual(three);
});

test('a hole is hashed as zeros', async () => {
  expect(await hashPieces([{ hole: 3_000_000 }])).toEqual(await hashPieces([Buffer.alloc(3_000_000)]));
});
