import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Piece, pieceBytes } from '../../pieces/piece.ts';
import { type CpioEntry, cpioPieces } from './cpio-pieces.ts';

const bytesOf = (pieces: readonly Piece[]): Buffer =>
  Buffer.concat(
    pieces.map((piece) => (piece instanceof Uint8Array ? piece : Buffer.alloc(pieceBytes(piece), 'F'))),
  );

interface Read {
  readonly path: string;
  readonly mode: number;
  readonly data: Buffer;
  readonly device: readonly [number, number];
}

/** As the kernel reads it (init/initramfs.c): headers at multiples of 4, up to the trailer. */
function readCpio(archive: Buffer): Read[] {
  const found: Read[] = [];
  for (let at = 0; ; ) {
    expect(at % 4).toBe(0);
    expect(archive.toString('latin1', at, at + 6)).toBe('070701');
    const field = (index: number): number =>
      Number.parseInt(archive.toString('latin1', at + 6 + index * 8, at + 14 + index * 8), 16);
    const [mode, size, nameSize] = [field(1), field(6), field(11)];
    const path = archive.toString('utf8', at + 110, at + 110 + nameSize - 1);
    if (path === 'TRAILER!!!') return found;
    const start = (at + 110 + nameSize + 3) & ~3;
    found.push({ path, mode, data: archive.subarray(start, start + size), device: [field(9), field(10)] });
    at = (start + size + 3) & ~3;
  }
}

test('golden bytes of one file', () => {
  const archive = bytesOf(cpioPieces([{ path: 'a', type: 'file', mode: 0o644, body: Buffer.from('hi') }]));
  const head =
    '070701' + '000002d1' + '000081a4' + '00000000' + '00000000' + '00000001' + '00000000' + '00000002';
  const rest = '00000000' + '00000000' + '00000000' + '00000000' + '00000002' + '00000000';
  const trailer = `070701${'00000000'.repeat(4)}00000001${'00000000'.repeat(6)}0000000b00000000`;
  expect(archive.toString('latin1', 0, 116)).toBe(`${head}${rest}a\0hi\0\0`.slice(0, 116));
  expect(archive.toString('latin1', 116, 116 + 124)).toBe(`${trailer}TRAILER!!!\0\0\0\0`);
  expect(archive.length).toBe(512);
  expect(archive.subarray(240).every((byte) => byte === 0)).toBe(true);
});

test('entries are read as they were written', () => {
  const path = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .filter((name) => !/^\/|\0/.test(name));
  const entry: fc.Arbitrary<CpioEntry> = fc.record({
    path,
    type: fc.constantFrom('file', 'directory', 'symlink', 'char'),
    mode: fc.integer({ min: 0, max: 0o7777 }),
    body: fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.record({ file: fc.constant('x'), bytes: fc.integer({ min: 0, max: 40 }) }),
    ),
    device: fc.record({ major: fc.nat(4095), minor: fc.nat(255) }),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
      const archive = bytesOf(cpioPieces(entries));
      expect(archive.length % 512).toBe(0);
      const read = readCpio(archive);
      expect(read.map((one) => [one.path, one.mode & 0o7777])).toEqual(
        entries.map((one) => [one.path, one.mode]),
      );
      expect(read.map(({ data }) => data.length)).toEqual(
        entries.map(({ body = Buffer.alloc(0) }) => pieceBytes(body)),
      );
      expect(read.map(({ device }) => device)).toEqual(
        entries.map(({ device }) => [device?.major ?? 0, device?.minor ?? 0]),
      );
    }),
  );
});

describe('entries that the format cannot hold are refused', () => {
  test.each<[string, CpioEntry, string]>([
    [
      'a file of 4 GiB',
      { path: 'a', type: 'file', mode: 0, body: { file: 'x', bytes: 2 ** 32 } },
      '4294967296 bytes exceed the limit of 4 GiB',
    ],
    ['a long path', { path: 'a'.repeat(4096), type: 'file', mode: 0 }, 'longer than 4095 bytes'],
    ['an absolute path', { path: '/a', type: 'file', mode: 0 }, 'the name is not valid in a cpio archive'],
    [
      'the name of the end',
      { path: 'TRAILER!!!', type: 'file', mode: 0 },
      'the name is not valid in a cpio archive',
    ],
  ])('%s', (_title, entry, message) => {
    expect(() => cpioPieces([entry])).toThrow(message);
  });
});
