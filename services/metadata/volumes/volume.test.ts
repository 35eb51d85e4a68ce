import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maximalBytes } from '../provider.ts';
import { openVolume } from './open.ts';
import type { ReadAt } from './volume.ts';

/** Volumes that xorriso, mkfs.fat and mcopy made of one folder; `sub/` holds another user-data. */
const folder = join(import.meta.dirname, '../testdata/volumes');
const volumes = readdirSync(folder).map((name): [string, Buffer] => [
  name.replace('.zst', ''),
  zstdDecompressSync(readFileSync(join(folder, name))),
]);

const reading =
  (bytes: Buffer): ReadAt =>
  (position, length) =>
    bytes.subarray(position, position + length);

describe.each(volumes)('%s', (_name, bytes) => {
  const volume = openVolume(reading(bytes));

  test('has its label', () => expect(volume?.label).toBe('CIDATA'));

  test('gives whole files of its root folder', () => {
    expect(volume?.read('user-data')?.toString()).toContain('hostname: golden\n');
    expect(volume?.read('meta-data')?.toString()).toBe(
      'instance-id: i-007\nlocal-hostname: from-meta-data\n',
    );
    expect(volume?.read('CONFIG')?.toString()).toBe('{"a":{"content":"b"}}');
    expect(volume?.read('long.txt')?.equals(Buffer.from('0123456789abcdef'.repeat(5000)))).toBe(true);
  });

  test('gives no folder and nothing that is not there', () => {
    for (const name of ['sub', 'no-data', '', '.', '..', 'CIDATA', 'sub/user-data']) {
      expect(volume?.read(name)).toBeUndefined();
    }
  });

  test('damaged or cut short, it ends in RangeError or in some text', () => {
    // Where the structures are: everything before the long file's bulk, and the tables of FAT.
    const offset = fc.oneof(fc.nat(2000), fc.integer({ min: 32_768, max: 60_000 }), fc.nat(bytes.length - 1));
    const change = fc.tuple(offset, fc.nat(255));
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 30 }),
        fc.nat(bytes.length),
        fc.boolean(),
        (changes, end, cut) => {
          const map = new Map(changes);
          const readAt: ReadAt = (position, length) => {
            const piece = Buffer.from(
              bytes.subarray(position, Math.min(position + length, cut ? end : bytes.length)),
            );
            for (const [at, value] of map)
              if (at >= position && at < position + piece.length) piece[at - position] = value;
            return piece;
          };
          try {
            const damaged = openVolume(readAt);
            for (const name of ['user-data', 'long.txt']) {
              expect(damaged?.read(name)?.length ?? 0).toBeLessThanOrEqual(maximalBytes);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('what is no file system is none', () => {
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.alloc(512),
    Buffer.alloc(100_000),
    Buffer.alloc(100_000, 0x55),
  ]) {
    expect(openVolume(reading(bytes))).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 512, maxLength: 4096 }), (bytes) => {
      bytes[510] = 0x55;
      bytes[511] = 0xaa;
      try {
        openVolume(reading(Buffer.from(bytes)))?.read('user-data');
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});
