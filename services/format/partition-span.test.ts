import { expect, test } from 'vitest';
import { partitionSpan } from './partition-span.ts';

const mib = 2 ** 20;

test.each<[bytes: number, table: 'dos' | 'gpt', size: number]>([
  [64 * mib, 'dos', 63 * mib],
  [64 * mib + 512, 'gpt', 62 * mib],
  [2 ** 41, 'dos', 2 ** 41 - mib],
  [2 ** 42, 'gpt', 2 ** 42 - 2 * mib],
])('a disk of %i bytes with a table of type %s', (bytes, table, size) => {
  expect(partitionSpan(bytes, table, '/dev/vdb')).toEqual({ start: mib, bytes: size });
});

test('a disk that is too small or too large for its table is refused', () => {
  expect(() => partitionSpan(2 * mib, 'gpt', '/dev/vdb')).toThrow(/only 2097152 bytes/);
  expect(() => partitionSpan(2 ** 42, 'dos', '/dev/vdb')).toThrow(/ends at 2 TiB/);
});
