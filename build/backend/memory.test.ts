import { expect, test } from 'vitest';
import { chooseMemory } from './memory.ts';

test('a machine gets the memory that its image needs', () => {
  expect(chooseMemory(undefined, 'web', 352)).toBe(1024);
  expect(chooseMemory(undefined, 'web', 2000)).toBe(3008);
  expect(chooseMemory(352, 'web', 352)).toBe(352);
  // Nothing is known about the needs of a disk.
  expect(chooseMemory(undefined, 'web', undefined)).toBe(1024);
  expect(chooseMemory(64, 'web', undefined)).toBe(64);
  expect(() => chooseMemory(256, 'web', 352)).toThrow(
    'Cannot run "web" with 256 MiB of memory: it needs at least 352 MiB',
  );
});
