import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFat } from './fat.ts';
import { openVolume } from './open-volume.ts';
import { type RandomAccess, startingAt } from './random-access.ts';

/**
 * Volumes of one folder by xorriso, genisoimage (UDF alone), mkudffs with Linux's driver, mkfs.fat with
 * mcopy; `sub/` holds another user-data. The FAT32 volumes of 8 and 32 MiB, by `mkfs.fat -F 32`, have fewer
 * clusters than Microsoft's rule demands, and no folder in the root.
 */
const folder = join(import.meta.dirname, 'testdata');
const volumes = readdirSync(folder).map((name): [string, Buffer] => [
  name.replace('.zst', ''),
  zstdDecompressSync(readFileSync(join(folder, name))),
]);
const limit = 4 << 20;

const inMemory = (bytes: Buffer): RandomAccess => ({
  read: async (at, count) => bytes.subarray(at, at + count),
});

describe.each(volumes)('%s', (file, bytes) => {
  const volume = openVolume(inMemory(bytes));
  const read = async (name: string, most = limit) => (await volume)?.read(name, most);

  test('has its label', async () => expect(await (await volume)?.label()).toBe('CIDATA'));

  test('gives whole files of its root folder', async () => {
    expect((await read('user-data'))?.toString()).toContain('hostname: golden\n');
    expect((await read('meta-data'))?.toString()).toBe(
      'instance-id: i-007\nlocal-hostname: from-meta-data\n',
    );
    expect((await read('CONFIG'))?.toString()).toBe('{"a":{"content":"b"}}');
    expect((await read('long.txt'))?.equals(Buffer.from('0123456789abcdef'.repeat(5000)))).toBe(true);
  });

  test('gives a file of a folder', async () => {
    const text = await read('sub/user-data');
    expect(text === undefined).toBe(file.includes('mib'));
  });

  test('gives nothing for a folder or a missing file', async () => {
    const names = [
      'sub',
      'no-data',
      '',
      '.',
      '..',
      'CIDATA',
      'sub/no-data',
      'sub/',
      '/',
      'user-data/',
      'a/b/c',
    ];
    for (const name of names) expect(await read(name)).toBeUndefined();
  });

  test('has its names', async () => {
    const names = (await (await volume)?.names())?.map((name) => name.toLowerCase().replace('_', '-'));
    expect(names).toEqual(expect.arrayContaining(['user-data', 'meta-data', 'config', 'long.txt']));
    expect(names?.join()).not.toMatch(/cidata|[\0\x01;]/);
  });

  test('refuses a file that is longer than the limit', async () => {
    expect(await read('long.txt', 80_000)).toHaveLength(80_000);
    await expect(read('long.txt', 79_999)).rejects.toThrow('Cannot read "long.txt": longer than 79999 bytes');
  });

  test('damaged or truncated, it throws RangeError or gives some text', async () => {
    // Where the structures are: everything before the long file's bulk, and the tables of FAT.
    const offset = fc.oneof(fc.nat(2000), fc.integer({ min: 32_768, max: 60_000 }), fc.nat(bytes.length - 1));
    const change = fc.tuple(offset, fc.nat(255));
    const property = fc.asyncProperty(
      fc.array(change, { maxLength: 30 }),
      fc.nat(bytes.length),
      fc.boolean(),
      async (changes, end, cut) => {
        const map = new Map(changes);
        const read: RandomAccess['read'] = async (at, count) => {
          const piece = Buffer.from(bytes.subarray(at, Math.min(at + count, cut ? end : bytes.length)));
          for (const [place, value] of map)
            if (place >= at && place < at + piece.length) piece[place - at] = value;
          return piece;
        };
        try {
          const damaged = await openVolume({ read });
          await damaged?.label();
          await damaged?.names();
          for (const name of ['user-data', 'long.txt', 'sub/user-data']) {
            expect((await damaged?.read(name, limit))?.length ?? 0).toBeLessThanOrEqual(limit);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});

test.each(volumes.filter(([name]) => name.startsWith('fat')))(
  '%s: the length of a file by its path',
  async (name, bytes) => {
    const disk = Buffer.concat([Buffer.alloc(512), bytes]);
    const volume = await openFat(startingAt(inMemory(disk), 512));
    expect(await volume?.fileBytes('Long.TXT')).toBe(80_000);
    expect(await volume?.fileBytes('long.txt/user-data')).toBeUndefined();
    expect(await volume?.fileBytes('sub')).toBeUndefined();
    expect((await volume?.fileBytes('sub/user-data')) !== undefined).toBe(!name.includes('mib'));
  },
);

test('a file in several sections is whole', async () => {
  const plain = Buffer.from(volumes.find(([name]) => name === 'plain.iso')?.[1] ?? '');
  const root = plain.readUInt32LE(16 * 2048 + 156 + 2) * 2048;
  const places: number[] = [];
  for (let at = root; (plain[at] ?? 0) > 0; at += plain[at] ?? 0) places.push(at);
  const [last = 0, before = 0] = places.toReversed();
  // The record of the last file becomes a second section of the one before it.
  plain.copy(plain, last + 33, before + 33, before + 33 + plain.readUInt8(before + 32));
  plain.writeUInt8(plain.readUInt8(before + 25) | 0x80, before + 25);
  const wanted = plain.toString('latin1', before + 33, before + 33 + plain.readUInt8(before + 32));
  const size = plain.readUInt32LE(before + 10) + plain.readUInt32LE(last + 10);
  const volume = await openVolume(inMemory(plain));
  expect(await volume?.read(wanted, limit)).toHaveLength(size);
});

test('data without a file system opens as no volume', async () => {
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.alloc(512),
    Buffer.alloc(100_000),
    Buffer.alloc(100_000, 0x55),
  ]) {
    expect(await openVolume(inMemory(bytes))).toBeUndefined();
  }
  const property = fc.asyncProperty(fc.uint8Array({ minLength: 512, maxLength: 4096 }), async (bytes) => {
    bytes[510] = 0x55;
    bytes[511] = 0xaa;
    try {
      await (await openVolume(inMemory(Buffer.from(bytes))))?.read('user-data', limit);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
  });
  await fc.assert(property);
});
