import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partitionsOf } from './partitions.ts';

const efi = '28732ac11ff8d211ba4b00a0c93ec93b';

/** A disk's head: rows `[type, first sector]` of an MBR, first sectors of a GPT's entries. */
function head(rows: readonly [number, number][], entries: readonly bigint[] = [], sector = 512): Buffer {
  const bytes = Buffer.alloc(16 * sector + 8192);
  for (const [index, [type, first]] of rows.entries()) {
    bytes[446 + 16 * index + 4] = type;
    bytes.writeUInt32LE(first, 446 + 16 * index + 8);
  }
  bytes.writeUInt16LE(0xaa55, 510);
  if (entries.length > 0) bytes.write('EFI PART', sector, 'latin1');
  bytes.writeBigUInt64LE(2n, sector + 72);
  bytes.writeUInt32LE(entries.length, sector + 80);
  bytes.writeUInt32LE(128, sector + 84);
  for (const [index, first] of entries.entries()) {
    bytes.write(efi, 2 * sector + 128 * index, 'hex');
    bytes.writeBigUInt64LE(first, 2 * sector + 128 * index + 32);
  }
  return bytes;
}

test('the partitions of an MBR, of a GPT, and of disks with sectors of 4096 bytes', () => {
  expect(
    partitionsOf(
      head([
        [0x0c, 63],
        [0, 5],
        [0x83, 2048],
      ]),
    ),
  ).toEqual([
    { type: 0x0c, start: 63 * 512 },
    { type: 0x83, start: 2048 * 512 },
  ]);
  expect(partitionsOf(head([[0xee, 1]], [2048n, 4096n]))).toEqual([
    { type: efi, start: 2048 * 512 },
    { type: efi, start: 4096 * 512 },
  ]);
  expect(
    partitionsOf(
      head(
        [
          [0xee, 1],
          [0x0c, 256],
        ],
        [256n],
        4096,
      ),
    ),
  ).toEqual([
    { type: 0x0c, start: 256 * 4096 },
    { type: efi, start: 256 * 4096 },
  ]);
  expect(partitionsOf(head([[0xee, 1]], [2n ** 60n]))).toEqual([]);
  expect(partitionsOf(Buffer.alloc(512))).toEqual([]);
});

test('property: any head gives partitions at positions that are exact', () => {
  const bytes = fc.uint8Array({ minLength: 1024, maxLength: 2048 });
  fc.assert(
    fc.property(bytes, fc.boolean(), (head, hasGpt) => {
      head.set([0x55, 0xaa], 510);
      if (hasGpt) head.set(Buffer.from('EFI PART'), 512);
      for (const { start } of partitionsOf(head)) expect(Number.isSafeInteger(start)).toBe(true);
    }),
  );
});
